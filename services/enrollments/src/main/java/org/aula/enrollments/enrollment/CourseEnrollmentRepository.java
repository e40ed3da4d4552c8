package org.aula.enrollments.enrollment;

import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.UUID;
import org.aula.kernel.postgres.Sql;
import org.jspecify.annotations.Nullable;

/// Who is enrolled in a course.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface CourseEnrollmentRepository extends GenericRepository<Enrollment, UUID> {

    /// What is asked for.
    ///
    /// @param statuses empty for any
    /// @param sources empty for any
    record Filter(UUID courseId, List<Enrollment.Status> statuses, List<Enrollment.Source> sources) {}

    /// A course's enrollments, the latest first: the id tells when each was made.
    ///
    /// @param before the last id of the page before; null for the first page
    default List<Enrollment> list(Filter filter, @Nullable UUID before, int limit) {
        var sql = Sql.of(EnrollmentRepository.SELECT + "WHERE e.course_id = ?", filter.courseId());
        if (!filter.statuses().isEmpty()) {
            sql.add(" AND e.status = ANY(?)", (Object) names(filter.statuses()));
        }
        if (!filter.sources().isEmpty()) {
            sql.add(" AND e.source = ANY(?)", (Object) names(filter.sources()));
        }
        if (before != null) {
            sql.add(" AND e.id < ?", before);
        }
        return sql.add(" ORDER BY e.id DESC LIMIT ?", limit).list(Enrollment.class);
    }

    private static String[] names(List<? extends Enum<?>> values) {
        return values.stream().map(Enum::name).toArray(String[]::new);
    }
}
