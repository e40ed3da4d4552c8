package org.aula.grades.course;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.aula.api.grades.v1.ErrorReason;
import org.aula.courseaccess.CourseGuard;
import org.aula.courseaccess.Person;
import org.aula.kernel.error.ServiceException;
import org.jspecify.annotations.Nullable;

/// Lets a learner begin the quiz or the assignment of a lesson that is open for them.
@Singleton
public final class LessonAccess {

    private final CourseGuard guard;

    LessonAccess(CourseGuard guard) {
        this.guard = guard;
    }

    /// Lets pass who is enrolled in the lesson's course, once the lesson is open for them. A lesson that is gone
    /// holds nobody up.
    ///
    /// @param lessonId null for none
    /// @throws ServiceException FAILED_PRECONDITION with LESSON_NOT_RELEASED or LESSON_PREREQUISITE_MISSING
    public void requireReleased(@Nullable UUID lessonId) {
        if (lessonId == null) {
            return;
        }
        guard.mayRead(List.of(lessonId), Person.calling())
                .values()
                .forEach(lesson -> lesson.requireReleased(
                        ErrorReason.ERROR_REASON_LESSON_NOT_RELEASED,
                        ErrorReason.ERROR_REASON_LESSON_PREREQUISITE_MISSING));
    }
}
