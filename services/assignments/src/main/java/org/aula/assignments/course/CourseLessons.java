package org.aula.assignments.course;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.aula.api.assignments.v1.ErrorReason;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.jspecify.annotations.Nullable;

/// In which lessons of a course work may be.
@Singleton
public final class CourseLessons {

    private final CourseRepository courses;

    CourseLessons(CourseRepository courses) {
        this.courses = courses;
    }

    /// Checks that work may be in a lesson.
    ///
    /// @param lessonId null for none
    /// @param type of lesson, as the courses service calls it
    /// @throws ServiceException INVALID_ARGUMENT with LESSON_UNSUITABLE
    public void requireLesson(UUID courseId, @Nullable UUID lessonId, String type) {
        if (lessonId != null && !courses.hasLesson(courseId, lessonId, type)) {
            throw unsuitable("lesson_id", type);
        }
    }

    /// Checks that work may be in these lessons.
    ///
    /// @param lessonIds by the names of their fields
    /// @throws ServiceException INVALID_ARGUMENT with LESSON_UNSUITABLE
    public void requireLessons(UUID courseId, Map<String, UUID> lessonIds, String type) {
        var suitable = courses.lessonsOf(courseId, lessonIds.values(), type);
        lessonIds.forEach((field, lessonId) -> {
            if (!suitable.contains(lessonId)) {
                throw unsuitable(field, type);
            }
        });
    }

    private static ServiceException unsuitable(String field, String type) {
        var message = "must be a lesson of the course and of type " + type;
        return Errors.invalid(
                ErrorReason.ERROR_REASON_LESSON_UNSUITABLE,
                message,
                List.of(Errors.violation(field, message)),
                Map.of());
    }
}
