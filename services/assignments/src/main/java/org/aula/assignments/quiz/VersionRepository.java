package org.aula.assignments.quiz;

import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Sql;
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
    default void insertAll(List<VersionRow> versions) {
        Sql.batch("""
                INSERT INTO quiz_versions (
                    quiz_id, version, course_id, lesson_id, title, total_points, mandatory, document, summary,
                    published_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, versions.stream().map(VersionRepository::values).toList());
    }

    /// The document of a version.
    default Optional<byte[]> find(UUID quizId, int number) {
        return Sql.of("SELECT document FROM quiz_versions WHERE quiz_id = ? AND version = ?", quizId, number)
                .find(row -> row.getBytes(1));
    }

    default Optional<Offered> findOffered(UUID quizId) {
        return Sql.of(OFFERED + "WHERE quiz.id = ? AND quiz.status = 'PUBLISHED'", quizId)
                .find(Offered.class);
    }

    /// The quizzes of a course that are offered, in the order in which they were made.
    ///
    /// @param lessonId only those in this lesson; null for all
    /// @param after the last one that was read; null for the first page
    default List<Offered> listOffered(UUID courseId, @Nullable UUID lessonId, @Nullable UUID after, int limit) {
        return Sql.of(OFFERED + """
                        WHERE quiz.course_id = ? AND quiz.status = 'PUBLISHED'
                          AND (CAST(? AS uuid) IS NULL OR version.lesson_id = ?)
                          AND (CAST(? AS uuid) IS NULL OR quiz.id > ?)
                        ORDER BY quiz.id LIMIT ?
                        """, courseId, lessonId, lessonId, after, after, limit)
                .list(Offered.class);
    }

    private static @Nullable Object[] values(VersionRow version) {
        return new @Nullable Object[] {
            version.quizId(),
            version.number(),
            version.courseId(),
            version.lessonId(),
            version.title(),
            version.totalPoints(),
            version.mandatory(),
            version.document(),
            version.summary(),
            version.publishedAt()
        };
    }
}
