package org.aula.enrollments.enrollment;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Transactions;
import org.jspecify.annotations.Nullable;

/// Who is enrolled in a course, for those who may know.
@Singleton
final class CourseEnrollments {

    private final CourseEnrollmentRepository enrollments;
    private final CourseOwnership ownership;
    private final Transactions transactions;

    CourseEnrollments(CourseEnrollmentRepository enrollments, CourseOwnership ownership, Transactions transactions) {
        this.enrollments = enrollments;
        this.ownership = ownership;
        this.transactions = transactions;
    }

    /// @param before the last id of the page before; null for the first page
    /// @throws ServiceException COURSE_NOT_FOUND, NOT_OWNER
    List<Enrollment> list(CourseEnrollmentRepository.Filter filter, @Nullable UUID before, int limit) {
        return transactions.read(handle -> {
            ownership.require(handle, filter.courseId());
            return enrollments.list(handle, filter, before, limit);
        });
    }
}
