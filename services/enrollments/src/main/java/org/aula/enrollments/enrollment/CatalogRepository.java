package org.aula.enrollments.enrollment;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What `courses` publishes in `courses_api`, and `auth` in `auth_api`.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface CatalogRepository extends GenericRepository<CatalogCourse, UUID> {

    @Query("""
            SELECT id, in_catalog, price_minor
            FROM courses_api.courses WHERE id = :id
            """)
    Optional<CatalogCourse> findCourse(UUID id);

    /// Courses that a learner must have completed before a course, and has not. What was paid back does not
    /// count; what expired since does.
    @Query("""
            SELECT p.prerequisite_id FROM courses_api.course_prerequisites p
            WHERE p.course_id = :courseId AND NOT EXISTS (
                SELECT FROM enrollment_keys k JOIN enrollments e ON e.id = k.enrollment_id
                WHERE k.user_id = :userId AND k.course_id = p.prerequisite_id
                    AND e.completed_at IS NOT NULL AND e.status <> 'REFUNDED')
            ORDER BY p.prerequisite_id
            """)
    List<UUID> findMissingPrerequisites(UUID courseId, UUID userId);

    @Query("SELECT EXISTS (SELECT FROM auth_api.accounts WHERE id = :userId AND deleted_at IS NULL)")
    boolean hasUser(UUID userId);
}
