package org.aula.enrollments.enrollment;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Who is enrolled in a course.
@Singleton
final class CourseEnrollmentRepository {

    /// What is asked for.
    ///
    /// @param statuses empty for any
    /// @param sources empty for any
    record Filter(UUID courseId, List<Enrollment.Status> statuses, List<Enrollment.Source> sources) {}

    /// A course's enrollments, the latest first: the id tells when each was made.
    ///
    /// @param before the last id of the page before; null for the first page
    List<Enrollment> list(Handle handle, Filter filter, @Nullable UUID before, int limit) {
        return handle.createQuery("SELECT " + EnrollmentRepository.COLUMNS + """
                        FROM enrollments e
                        WHERE e.course_id = :courseId
                            AND (:anyStatus OR e.status = ANY(:statuses))
                            AND (:anySource OR e.source = ANY(:sources))
                            AND (CAST(:before AS uuid) IS NULL OR e.id < CAST(:before AS uuid))
                        ORDER BY e.id DESC LIMIT :limit
                        """)
                .bind("courseId", filter.courseId())
                .bind("anyStatus", filter.statuses().isEmpty())
                .bindArray("statuses", String.class, names(filter.statuses()))
                .bind("anySource", filter.sources().isEmpty())
                .bindArray("sources", String.class, names(filter.sources()))
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> EnrollmentRepository.enrollment(row))
                .list();
    }

    private static List<String> names(List<? extends Enum<?>> values) {
        return values.stream().map(value -> value.name()).toList();
    }
}
