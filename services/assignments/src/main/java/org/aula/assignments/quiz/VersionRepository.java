package org.aula.assignments.quiz;

import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Rows of `quiz_versions`, which never change.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface VersionRepository extends GenericRepository<VersionRow, UUID> {

    /// What learners see of a quiz that is offered.
    ///
    /// @param summary the contract's LearnerQuiz
    @MappedEntity("quizzes")
    record Offered(UUID quizId, UUID courseId, byte[] summary) {}

    /// Offered quizzes; conditions follow.
    String OFFERED = """
            SELECT quiz.id AS quiz_id, quiz.course_id, version.summary
            FROM quizzes quiz
            JOIN quiz_versions version ON version.quiz_id = quiz.id AND version.version = quiz.published_version
            """;

    default void insert(VersionRow version) {
        insertAll(List.of(version));
    }

    /// Writes many in one batch.
    @Query("""
            INSERT INTO quiz_versions (
                quiz_id, version, course_id, lesson_id, title, total_points, mandatory, document, summary,
                published_at)
            VALUES (
                :quizId, :number, :courseId, :lessonId, :title, :totalPoints, :mandatory, :document, :summary,
                :publishedAt)
            """)
    void insertAll(List<VersionRow> versions);

    /// The document of a version.
    @Query("SELECT document FROM quiz_versions WHERE quiz_id = :quizId AND version = :number")
    Optional<byte[]> find(UUID quizId, int number);

    @Query(OFFERED + "WHERE quiz.id = :quizId AND quiz.status = 'PUBLISHED'")
    Optional<Offered> findOffered(UUID quizId);

    /// The quizzes of a course that are offered, in the order in which they were made.
    ///
    /// @param lessonId only those in this lesson; null for all
    /// @param after the last one that was read; null for the first page
    @Query(OFFERED + """
            WHERE quiz.course_id = :courseId AND quiz.status = 'PUBLISHED'
              AND (CAST(:lessonId AS uuid) IS NULL OR version.lesson_id = :lessonId)
              AND (CAST(:after AS uuid) IS NULL OR quiz.id > :after)
            ORDER BY quiz.id LIMIT :limit
            """)
    List<Offered> listOffered(UUID courseId, @Nullable UUID lessonId, @Nullable UUID after, int limit);
}
