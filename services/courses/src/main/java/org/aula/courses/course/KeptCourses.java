package org.aula.courses.course;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import org.aula.kernel.postgres.Transactions;

/// Learners keep the courses that left the catalog, archived or being revised. Asked for what was not
/// found otherwise, so that the catalog itself costs no question to another service.
@Singleton
public final class KeptCourses {

    private final CourseRepository courses;
    private final EnrollmentAccessClient enrollments;
    private final Transactions transactions;

    KeptCourses(CourseRepository courses, EnrollmentAccessClient enrollments, Transactions transactions) {
        this.courses = courses;
        this.enrollments = enrollments;
        this.transactions = transactions;
    }

    /// Those of the courses, 200 at most, that left the catalog and that an enrollment opens to the caller.
    public Set<UUID> of(Collection<UUID> courseIds) {
        var viewer = Viewer.current();
        var userId = viewer.id();
        if (userId == null || viewer.seesAll() || courseIds.isEmpty()) {
            return Set.of();
        }
        var candidates = transactions.read(handle -> courses.idsThatLeft(handle, courseIds));
        return candidates.isEmpty() ? Set.of() : enrollments.readable(userId, candidates);
    }
}
