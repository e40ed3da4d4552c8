package org.aula.courses.export;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads the views of `assignments_api`.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface PublishedQuizRepository extends GenericRepository<PublishedQuiz, UUID> {

    /// Quizzes of a course in the order in which they were made.
    ///
    /// @param after the last one that was read; null for the first ones
    @Query("""
            SELECT quiz.id, version.document
            FROM assignments_api.quizzes quiz
            JOIN assignments_api.quiz_versions version
                ON version.quiz_id = quiz.id AND version.version = quiz.published_version
            WHERE quiz.course_id = :courseId AND quiz.status = 'PUBLISHED'
              AND (CAST(:after AS uuid) IS NULL OR quiz.id > :after)
            ORDER BY quiz.id LIMIT :limit
            """)
    List<PublishedQuiz> list(UUID courseId, @Nullable UUID after, int limit);
}
