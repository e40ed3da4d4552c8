package org.aula.courses.export;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.postgres.Handles;
import org.jspecify.annotations.Nullable;

/// Reads the views of `assignments_api`.
@Singleton
final class PublishedQuizRepository {

    /// A quiz that learners take.
    ///
    /// @param document the contract's QuizVersion, with keys
    record Published(UUID id, byte[] document) {}

    private final Database database;

    PublishedQuizRepository(Database database) {
        this.database = database;
    }

    /// Quizzes of a course in the order in which they were made.
    ///
    /// @param after the last one that was read; null for the first ones
    List<Published> list(UUID courseId, @Nullable UUID after, int limit) {
        return database.query(() -> Handles.current().createQuery("""
                        SELECT quiz.id, version.document
                        FROM assignments_api.quizzes quiz
                        JOIN assignments_api.quiz_versions version
                            ON version.quiz_id = quiz.id AND version.version = quiz.published_version
                        WHERE quiz.course_id = :courseId AND quiz.status = 'PUBLISHED'
                          AND (CAST(:after AS uuid) IS NULL OR quiz.id > :after)
                        ORDER BY quiz.id LIMIT :limit
                        """)
                .bind("courseId", courseId)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> new Published(row.getObject("id", UUID.class), row.getBytes("document")))
                .list());
    }
}
