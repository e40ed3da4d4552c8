package org.aula.assignments.course;

import org.aula.api.assignments.v1.ErrorReason;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;

/// What is told to those who may not see or learn a course.
public final class CourseErrors {

    private CourseErrors() {}

    /// NOT_FOUND with COURSE_NOT_FOUND.
    public static ServiceException notFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_COURSE_NOT_FOUND, "course not found");
    }

    /// PERMISSION_DENIED with ENROLLMENT_REQUIRED.
    public static ServiceException enrollmentRequired() {
        return Errors.permissionDenied(
                ErrorReason.ERROR_REASON_ENROLLMENT_REQUIRED, "an enrollment in the course is required");
    }
}
