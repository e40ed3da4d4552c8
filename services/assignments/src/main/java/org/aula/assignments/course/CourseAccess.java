package org.aula.assignments.course;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.aula.api.assignments.v1.ErrorReason;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.call.Caller;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Transactions;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Decides by the course who may see and change its work. What somebody may not see does not exist for
/// them.
@Singleton
public final class CourseAccess {

    private static final String READ_ALL = "courses:read";

    private final CourseRepository courses;
    private final EnrollmentClient enrollments;
    private final Transactions transactions;

    CourseAccess(CourseRepository courses, EnrollmentClient enrollments, Transactions transactions) {
        this.courses = courses;
        this.enrollments = enrollments;
        this.transactions = transactions;
    }

    /// Lets those pass who may work on a course.
    ///
    /// @throws ServiceException NOT_FOUND with COURSE_NOT_FOUND, PERMISSION_DENIED with NOT_OWNER
    public void requireAuthor(Handle handle, UUID courseId) {
        var scope = CallScope.current();
        var course = courses.find(handle, courseId).orElseThrow(CourseAccess::notFound);
        if (!course.published() && !scope.seesAll() && !scope.caller().is(course.instructorId())) {
            throw notFound();
        }
        scope.requireOwner(course.instructorId());
    }

    /// Lets those pass who may work on something of a course; from others it is hidden.
    ///
    /// @param hidden what others are told
    public void requireAuthor(Handle handle, UUID courseId, Supplier<ServiceException> hidden) {
        var scope = CallScope.current();
        var course = courses.find(handle, courseId).orElseThrow(hidden);
        if (!scope.seesAll() && !scope.caller().is(course.instructorId())) {
            throw hidden.get();
        }
        scope.requireOwner(course.instructorId());
    }

    /// Lets those pass to whom a course is open: who is enrolled, its author and reviewers. No transaction
    /// may be open.
    ///
    /// @param hidden what is told to those from whom the course is hidden
    /// @throws ServiceException PERMISSION_DENIED with ENROLLMENT_REQUIRED
    public void requireReader(UUID courseId, Supplier<ServiceException> hidden) {
        var course = transactions.read(handle -> courses.find(handle, courseId)).orElseThrow(hidden);
        var caller = CallScope.current().caller();
        if (caller.is(course.instructorId()) || caller instanceof Caller.User user && user.holds(READ_ALL)) {
            return;
        }
        if (!enrollments.isOpenTo(CallScope.current().requireUser(), courseId)) {
            throw course.published()
                    ? Errors.permissionDenied(
                            ErrorReason.ERROR_REASON_ENROLLMENT_REQUIRED, "this is for those who are enrolled")
                    : hidden.get();
        }
    }

    /// Checks that work may be in a lesson.
    ///
    /// @param lessonId null for none
    /// @param type of lesson, as the courses service calls it
    /// @throws ServiceException INVALID_ARGUMENT with LESSON_UNSUITABLE
    public void requireLesson(Handle handle, UUID courseId, @Nullable UUID lessonId, String type) {
        if (lessonId != null && !courses.hasLesson(handle, courseId, lessonId, type)) {
            throw unsuitable("lesson_id", type);
        }
    }

    /// Checks that work may be in these lessons.
    ///
    /// @param lessonIds by the names of their fields
    /// @throws ServiceException INVALID_ARGUMENT with LESSON_UNSUITABLE
    public void requireLessons(Handle handle, UUID courseId, Map<String, UUID> lessonIds, String type) {
        var suitable = courses.lessonsOf(handle, courseId, lessonIds.values(), type);
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

    /// NOT_FOUND with COURSE_NOT_FOUND.
    public static ServiceException notFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_COURSE_NOT_FOUND, "there is no such course");
    }
}
