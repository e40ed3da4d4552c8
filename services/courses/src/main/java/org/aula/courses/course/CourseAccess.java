package org.aula.courses.course;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Database;

/// Decides whether the caller may see or change a course. What the caller may not see does not exist for
/// them.
@Singleton
public final class CourseAccess {

    private final CourseRepository courses;
    private final KeptCourses kept;
    private final Database database;

    CourseAccess(CourseRepository courses, KeptCourses kept, Database database) {
        this.courses = courses;
        this.kept = kept;
        this.database = database;
    }

    /// Refuses a course that the caller may not change.
    ///
    /// @throws ServiceException NOT_FOUND with COURSE_NOT_FOUND, PERMISSION_DENIED with NOT_OWNER
    void requireChangeable(UUID courseId) {
        if (database.query(() -> findToChange(courseId)).isEmpty()) {
            throw CourseAccess.notFound();
        }
    }

    /// A course that the caller may change; empty when it does not exist for them.
    ///
    /// Methods that answer a repeated request from memory ask this before: who may call is decided each
    /// time.
    ///
    /// @throws ServiceException PERMISSION_DENIED with NOT_OWNER
    public Optional<Course> findToChange(UUID courseId) {
        return toChange(courses.find(courseId));
    }

    /// As [#findToChange], and nobody else can change it until the end of the transaction.
    public Optional<Course> lockToChange(UUID courseId) {
        return toChange(courses.lock(courseId));
    }

    /// Lets nobody else change a course, which the caller may change, until the end of the transaction.
    ///
    /// @throws ServiceException NOT_FOUND with COURSE_NOT_FOUND, PERMISSION_DENIED with NOT_OWNER
    public Course lock(UUID courseId) {
        return lockToChange(courseId).orElseThrow(CourseAccess::notFound);
    }

    private Optional<Course> toChange(Optional<Course> found) {
        var course = found.filter(this::exists);
        course.ifPresent(candidate -> CallScope.current().requireOwner(candidate.instructorId()));
        return course;
    }

    /// Whether a course exists for the caller; in the caller's query or transaction.
    public boolean exists(Course course) {
        return course.isVisibleTo(Viewer.current()) || kept.has(course.id());
    }

    /// As [#exists], of the course of an id.
    public boolean isShown(UUID courseId) {
        return courses.find(courseId).filter(this::exists).isPresent();
    }

    /// NOT_FOUND with COURSE_NOT_FOUND.
    public static ServiceException notFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_COURSE_NOT_FOUND, "course not found");
    }

    /// FAILED_PRECONDITION with TOO_MANY.
    ///
    /// @param limit how many there may be
    public static ServiceException tooMany(String message, int limit) {
        return Errors.failedPrecondition(
                ErrorReason.ERROR_REASON_TOO_MANY, message, Map.of("limit", Integer.toString(limit)));
    }
}
