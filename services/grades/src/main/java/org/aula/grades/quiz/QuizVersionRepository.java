package org.aula.grades.quiz;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// What `assignments` publishes of quizzes in `assignments_api`.
@Singleton
final class QuizVersionRepository {

    Optional<PublishedQuiz> find(Handle handle, UUID quizId) {
        return handle.createQuery("""
                        SELECT id, course_id, status, published_version FROM assignments_api.quizzes WHERE id = :id
                        """)
                .bind("id", quizId)
                .map((row, context) -> new PublishedQuiz(
                        row.getObject("id", UUID.class),
                        row.getObject("course_id", UUID.class),
                        row.getString("status").equals("PUBLISHED"),
                        row.getInt("published_version")))
                .findOne();
    }

    Optional<byte[]> document(Handle handle, UUID quizId, int version) {
        return handle.createQuery("""
                        SELECT document FROM assignments_api.quiz_versions
                        WHERE quiz_id = :quizId AND version = :version
                        """)
                .bind("quizId", quizId)
                .bind("version", version)
                .map((row, context) -> row.getBytes("document"))
                .findOne();
    }
}
