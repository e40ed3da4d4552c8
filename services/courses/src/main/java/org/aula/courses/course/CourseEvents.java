package org.aula.courses.course;

import org.aula.api.courses.v1.CoursePublished;

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
}
