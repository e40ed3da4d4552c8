package org.aula.courses.course;

import com.google.protobuf.Message;
import java.util.Optional;
import java.util.UUID;
import org.aula.api.courses.v1.CourseArchived;
import org.aula.api.courses.v1.CourseDeleted;
import org.aula.api.courses.v1.CoursePublished;
import org.aula.api.courses.v1.CourseUpdated;

/// Events that tell of courses.
public final class CourseEvents {

    private CourseEvents() {}

    /// What listeners are told of a change; nothing while the course is not in the catalog.
    static Optional<Message> of(Course before, Course after) {
        var was = before.status() == CourseStatus.PUBLISHED;
        var is = after.status() == CourseStatus.PUBLISHED;
        if (was && is) {
            return Optional.of(updated(after));
        }
        if (is) {
            return Optional.of(published(after));
        }
        return was ? Optional.of(archived(after)) : Optional.empty();
    }

    public static CourseDeleted deleted(UUID courseId) {
        return CourseDeleted.newBuilder().setCourseId(courseId.toString()).build();
    }

    private static CourseUpdated updated(Course course) {
        return CourseUpdated.newBuilder()
                .setCourseId(course.id().toString())
                .setVersion(course.version())
                .build();
    }

    private static CourseArchived archived(Course course) {
        return CourseArchived.newBuilder()
                .setCourseId(course.id().toString())
                .setVersion(course.version())
                .build();
    }

    private static CoursePublished published(Course course) {
        return CoursePublished.newBuilder()
                .setCourseId(course.id().toString())
                .setInstructorId(course.instructorId().toString())
                .setVersion(course.version())
                .build();
    }
}
