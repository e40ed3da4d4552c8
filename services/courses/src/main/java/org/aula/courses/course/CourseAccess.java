package org.aula.courses.course;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.jdbi.v3.core.Handle;

/// Decides whether the caller may see or change a course. What the caller may not see does not exist for
/// them.
@Singleton
public final class CourseAccess {

    private final CourseRepository courses;

    CourseAccess(CourseRepository courses) {
        this.courses = courses;
    }

    /// A course that the caller may change; empty when it does not exist for them.
    ///
    /// Methods that answer a repeated request from memory ask this before: who may call is decided each time.
    ///
    /// @throws ServiceException PERMISSION_DENIED with NOT_OWNER
    public Optional<Course> findToChange(Handle handle, UUID courseId) {
        return toChange(courses.find(handle, courseId));
    }

    /// As [#findToChange], and nobody else can change it until the end of the transaction.
    public Optional<Course> lockToChange(Handle handle, UUID courseId) {
        return toChange(courses.lock(handle, courseId));
    }

    /// Lets nobody else change a course, which the caller may change, until the end of the transaction.
    ///
    /// @throws ServiceException NOT_FOUND with COURSE_NOT_FOUND, PERMISSION_DENIED with NOT_OWNER
    public Course lock(Handle handle, UUID courseId) {
        return lockToChange(handle, courseId).orElseThrow(CourseAccess::notFound);
    }

    private static Optional<Course> toChange(Optional<Course> found) {
        var scope = CallScope.current();
        var course = found.filter(candidate -> scope.seesAll() || candidate.isVisibleTo(Viewer.current()));
        course.ifPresent(candidate -> scope.requireOwner(candidate.instructorId()));
        return course;
    }

    /// NOT_FOUND with COURSE_NOT_FOUND.
    public static ServiceException notFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_COURSE_NOT_FOUND, "there is no such course");
    }

    /// FAILED_PRECONDITION with TOO_MANY.
    ///
    /// @param limit how many there may be
    public static ServiceException tooMany(String message, int limit) {
        return Errors.failedPrecondition(
                ErrorReason.ERROR_REASON_TOO_MANY, message, Map.of("limit", Integer.toString(limit)));
    }
}
