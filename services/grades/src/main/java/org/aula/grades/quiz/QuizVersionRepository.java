package org.aula.grades.quiz;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Sql;

/// What `assignments` publishes of quizzes in `assignments_api`.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface QuizVersionRepository extends GenericRepository<PublishedQuiz, UUID> {

    @Query("""
            SELECT id, course_id, status = 'PUBLISHED' AS offered, published_version AS version
            FROM assignments_api.quizzes WHERE id = :id
            """)
    Optional<PublishedQuiz> find(UUID id);

    /// A version as `assignments` stored it.
    default Optional<byte[]> findDocument(UUID quizId, int version) {
        return Sql.of(
                        "SELECT document FROM assignments_api.quiz_versions WHERE quiz_id = ? AND version = ?",
                        quizId,
                        version)
                .find(row -> row.getBytes("document"));
    }
}
