package org.aula.courses.course;

import org.aula.api.courses.v1.CoursePublished;
import org.aula.api.courses.v1.CourseUpdated;

/// Events that tell of courses.
final class CourseEvents {

    private CourseEvents() {}

    static CoursePublished published(Course course) {
        return CoursePublished.newBuilder()
                .setCourseId(course.id().toString())
                .setInstructorId(course.instructorId().toString())
                .setVersion(course.version())
                .build();
    }

    static CourseUpdated updated(Course course) {
        return CourseUpdated.newBuilder()
                .setCourseId(course.id().toString())
                .setVersion(course.version())
                .build();
    }
}
