package org.aula.analytics.activity;

import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import java.util.UUID;

/// What `courses` publishes in `courses_api`.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface CourseRepository extends GenericRepository<CourseRepository.Course, UUID> {

    /// @param published whether everybody may know of it
    @MappedEntity("courses")
    record Course(UUID instructorId, boolean published) {}

    @Query("""
            SELECT instructor_id, status = 'PUBLISHED' AS published FROM courses_api.courses WHERE id = :id
            """)
    Optional<Course> find(UUID id);
}
