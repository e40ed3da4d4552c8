package org.aula.assignments.quiz;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Handles;
import org.jspecify.annotations.Nullable;

/// Rows of `quiz_versions`, which never change.
@Singleton
final class VersionRepository {

    /// What learners see of a quiz that is offered.
    ///
    /// @param summary the contract's LearnerQuiz
    record Offered(UUID quizId, UUID courseId, byte[] summary) {}

    private static final String OFFERED = """
            SELECT quiz.id, quiz.course_id, version.summary
            FROM quizzes quiz
            JOIN quiz_versions version ON version.quiz_id = quiz.id AND version.version = quiz.published_version
            """;

    void insert(VersionRow version) {
        insertAll(List.of(version));
    }

    /// Writes many in one batch.
    void insertAll(List<VersionRow> versions) {
        var batch = Handles.current().prepareBatch("""
                INSERT INTO quiz_versions (
                    quiz_id, version, course_id, lesson_id, title, total_points, mandatory, document, summary,
                    published_at)
                VALUES (
                    :quizId, :number, :courseId, :lessonId, :title, :totalPoints, :mandatory, :document, :summary,
                    :publishedAt)
                """);
        versions.forEach(version -> batch.bindMethods(version).add());
        batch.execute();
    }

    /// The document of a version.
    Optional<byte[]> find(UUID quizId, int number) {
        return Handles.current().createQuery("SELECT document FROM quiz_versions WHERE quiz_id = :quizId AND version = :number")
                .bind("quizId", quizId)
                .bind("number", number)
                .mapTo(byte[].class)
                .findOne();
    }

    Optional<Offered> findOffered(UUID quizId) {
        return Handles.current().createQuery(OFFERED + "WHERE quiz.id = :quizId AND quiz.status = 'PUBLISHED'")
                .bind("quizId", quizId)
                .map((row, context) -> new Offered(
                        row.getObject("id", UUID.class),
                        row.getObject("course_id", UUID.class),
                        row.getBytes("summary")))
                .findOne();
    }

    /// The quizzes of a course that are offered, in the order in which they were made.
    ///
    /// @param lessonId only those in this lesson; null for all
    /// @param after the last one that was read; null for the first page
    List<Offered> listOffered(UUID courseId, @Nullable UUID lessonId, @Nullable UUID after, int limit) {
        return Handles.current().createQuery(OFFERED + """
                        WHERE quiz.course_id = :courseId AND quiz.status = 'PUBLISHED'
                          AND (CAST(:lessonId AS uuid) IS NULL OR version.lesson_id = :lessonId)
                          AND (CAST(:after AS uuid) IS NULL OR quiz.id > :after)
                        ORDER BY quiz.id LIMIT :limit
                        """)
                .bind("courseId", courseId)
                .bind("lessonId", lessonId)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> new Offered(
                        row.getObject("id", UUID.class),
                        row.getObject("course_id", UUID.class),
                        row.getBytes("summary")))
                .list();
    }
}
