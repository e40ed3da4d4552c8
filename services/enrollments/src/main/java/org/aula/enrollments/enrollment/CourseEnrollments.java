package org.aula.enrollments.enrollment;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Database;
import org.jspecify.annotations.Nullable;

/// Who is enrolled in a course, for those who may know.
@Singleton
final class CourseEnrollments {

    private final CourseEnrollmentRepository enrollments;
    private final CourseOwnership ownership;
    private final Database database;

    CourseEnrollments(CourseEnrollmentRepository enrollments, CourseOwnership ownership, Database database) {
        this.enrollments = enrollments;
        this.ownership = ownership;
        this.database = database;
    }

    /// @param before the last id of the page before; null for the first page
    /// @throws ServiceException COURSE_NOT_FOUND, NOT_OWNER
    List<Enrollment> list(CourseEnrollmentRepository.Filter filter, @Nullable UUID before, int limit) {
        return database.query(() -> {
            ownership.require(filter.courseId());
            return enrollments.list(filter, before, limit);
        });
    }
}
