package org.aula.enrollments.course;

import java.util.UUID;
import org.aula.api.enrollments.v1.ErrorReason;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;

/// What is told to those who may not see a course.
public final class CourseErrors {

    private CourseErrors() {}

    /// NOT_FOUND with COURSE_NOT_FOUND.
    public static ServiceException notFound(UUID courseId) {
        return Errors.notFound(ErrorReason.ERROR_REASON_COURSE_NOT_FOUND, "there is no course " + courseId);
    }
}
