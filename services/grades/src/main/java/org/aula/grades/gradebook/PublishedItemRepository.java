package org.aula.grades.gradebook;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import java.util.UUID;

/// What `assignments` publishes of what can be graded.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface PublishedItemRepository extends GenericRepository<Item, UUID> {

    @Query("""
            SELECT quiz_id AS id, course_id, 'QUIZ' AS kind, title, total_points AS max_points, version
            FROM assignments_api.quiz_versions WHERE quiz_id = :id AND version = :version
            """)
    Optional<Item> quiz(UUID id, int version);

    @Query("""
            SELECT file_assignment_id AS id, course_id, 'FILE_ASSIGNMENT' AS kind, title, points AS max_points, version
            FROM assignments_api.file_assignment_versions WHERE file_assignment_id = :id AND version = :version
            """)
    Optional<Item> fileAssignment(UUID id, int version);
}
