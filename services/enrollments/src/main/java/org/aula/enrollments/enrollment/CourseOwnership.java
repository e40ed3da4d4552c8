package org.aula.enrollments.enrollment;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.enrollments.v1.ErrorReason;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.jdbi.v3.core.Handle;

/// Whether the caller may see who is in a course. A course that is not in the catalog does not exist for
/// others than its instructor.
@Singleton
public final class CourseOwnership {

    private final CatalogRepository catalog;

    CourseOwnership(CatalogRepository catalog) {
        this.catalog = catalog;
    }

    /// @throws ServiceException COURSE_NOT_FOUND, NOT_OWNER
    public void require(Handle handle, UUID courseId) {
        var scope = CallScope.current();
        var course = catalog.findCourse(handle, courseId)
                .filter(found ->
                        scope.seesAll() || found.published() || scope.caller().is(found.instructorId()))
                .orElseThrow(() ->
                        Errors.notFound(ErrorReason.ERROR_REASON_COURSE_NOT_FOUND, "there is no course " + courseId));
        scope.requireOwner(course.instructorId());
    }
}
