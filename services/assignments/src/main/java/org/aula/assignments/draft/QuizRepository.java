package org.aula.assignments.draft;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.assignments.course.Status;
import org.aula.kernel.postgres.Columns;
import org.aula.kernel.postgres.Sql;
import org.jspecify.annotations.Nullable;

/// Rows of `quizzes`, and the order of what is in them.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface QuizRepository extends GenericRepository<QuizRow, UUID> {

    /// What [#quiz] reads; conditions follow.
    String SELECT = """
            SELECT id, course_id, lesson_id, title, description, instructions, passing_score_percentage,
                   time_limit_seconds, max_attempts, open_at, close_at, shuffle_questions, shuffle_options,
                   show_answers, mandatory, created_at, updated_at, total_points, question_count, status,
                   published_version, published_at, version
            FROM quizzes
            """;

    default Optional<Quiz> find(UUID id) {
        return Sql.of(SELECT + "WHERE id = ?", id).find(QuizRepository::quiz);
    }

    /// Reads a quiz and keeps others from changing it, its questions or draws until the end of the
    /// transaction.
    default Optional<Quiz> lock(UUID id) {
        return Sql.of(SELECT + "WHERE id = ? FOR UPDATE", id).find(QuizRepository::quiz);
    }

    default List<Quiz> list(UUID courseId, @Nullable UUID after, int limit) {
        return Sql.of(SELECT + """
                WHERE course_id = ? AND (CAST(? AS uuid) IS NULL OR id > ?)
                ORDER BY id LIMIT ?
                """, courseId, after, after, limit).list(QuizRepository::quiz);
    }

    @Query("SELECT count(*) FROM quizzes WHERE course_id = :courseId")
    int count(UUID courseId);

    default void insert(Quiz quiz) {
        insertAll(List.of(quiz));
    }

    /// Writes many in one batch, with what they count.
    default void insertAll(List<Quiz> quizzes) {
        insertRows(quizzes.stream().map(QuizRow::of).toList());
    }

    @Query("""
            INSERT INTO quizzes (
                id, course_id, lesson_id, title, description, instructions, passing_score_percentage,
                time_limit_seconds, max_attempts, open_at, close_at, shuffle_questions, shuffle_options,
                show_answers, mandatory, created_at, updated_at, total_points, question_count, status,
                published_version, published_at, version)
            VALUES (
                :id, :courseId, :lessonId, :title, :description, :instructions, :passingScorePercentage,
                :timeLimitSeconds, :maxAttempts, :openAt, :closeAt, :shuffleQuestions, :shuffleOptions,
                :showAnswers, :mandatory, :createdAt, :updatedAt, :totalPoints, :questionCount, :status,
                :publishedVersion, :publishedAt, :version)
            """)
    void insertRows(List<QuizRow> quizzes);

    default void update(Quiz quiz) {
        updateRow(QuizRow.of(quiz));
    }

    /// Writes all but what is counted.
    @Query("""
            UPDATE quizzes
            SET lesson_id = :lessonId, title = :title, description = :description, instructions = :instructions,
                passing_score_percentage = :passingScorePercentage, time_limit_seconds = :timeLimitSeconds,
                max_attempts = :maxAttempts, open_at = :openAt, close_at = :closeAt,
                shuffle_questions = :shuffleQuestions, shuffle_options = :shuffleOptions,
                show_answers = :showAnswers, mandatory = :mandatory, status = :status,
                published_version = :publishedVersion, published_at = :publishedAt, updated_at = :updatedAt,
                version = :version
            WHERE id = :id
            """)
    void updateRow(QuizRow quiz);

    @Query("DELETE FROM quizzes WHERE id = :id")
    void delete(UUID id);

    /// Counts again what a quiz has.
    ///
    /// @return the bytes of its questions
    default long recount(UUID id, Instant now) {
        return Sql.of("""
                        UPDATE quizzes quiz
                        SET total_points = questions.points + draws.points,
                            question_count = questions.number + draws.number,
                            updated_at = ?, version = quiz.version + 1
                        FROM (
                            SELECT count(*) AS number, coalesce(sum(points), 0) AS points,
                                   coalesce(sum(bytes), 0) AS bytes
                            FROM quiz_questions WHERE quiz_id = ?) questions,
                           (
                            SELECT coalesce(sum(question_count), 0) AS number,
                                   coalesce(sum(question_count * points_each), 0) AS points
                            FROM quiz_draws WHERE quiz_id = ?) draws
                        WHERE quiz.id = ?
                        RETURNING questions.bytes
                        """, now, id, id, id).find(row -> row.getLong(1)).orElseThrow();
    }

    /// The place behind the last question or draw.
    @Query("""
            SELECT coalesce(max(sort_order) + 1, 0) FROM (
                SELECT sort_order FROM quiz_questions WHERE quiz_id = :id
                UNION ALL SELECT sort_order FROM quiz_draws WHERE quiz_id = :id) AS positions
            """)
    int nextSortOrder(UUID id);

    /// Gives questions and draws of a quiz the places that they have in the list, in one statement.
    default void reorder(UUID quizId, List<UUID> ids) {
        Sql.of("""
                        WITH wanted AS (
                            SELECT id, ordinal - 1 AS ordinal
                            FROM unnest(CAST(? AS uuid[])) WITH ORDINALITY AS list (id, ordinal)),
                        draws AS (
                            UPDATE quiz_draws draw SET sort_order = wanted.ordinal, version = draw.version + 1
                            FROM wanted
                            WHERE draw.id = wanted.id AND draw.quiz_id = ?
                              AND draw.sort_order <> wanted.ordinal)
                        UPDATE quiz_questions question
                        SET sort_order = wanted.ordinal, version = question.version + 1
                        FROM wanted
                        WHERE question.id = wanted.id AND question.quiz_id = ?
                          AND question.sort_order <> wanted.ordinal
                        """, ids.toArray(UUID[]::new), quizId, quizId).update();
    }

    private static Quiz quiz(ResultSet row) throws SQLException {
        return new Quiz(
                row.getObject("id", UUID.class),
                row.getObject("course_id", UUID.class),
                row.getObject("lesson_id", UUID.class),
                row.getString("title"),
                row.getString("description"),
                settings(row),
                row.getInt("total_points"),
                row.getInt("question_count"),
                Status.valueOf(row.getString("status")),
                row.getInt("published_version"),
                Columns.instantOrNull(row, "published_at"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"),
                row.getLong("version"));
    }

    private static QuizSettings settings(ResultSet row) throws SQLException {
        var limit = row.getObject("time_limit_seconds", Integer.class);
        return new QuizSettings(
                row.getString("instructions"),
                row.getBigDecimal("passing_score_percentage"),
                limit == null ? null : Duration.ofSeconds(limit),
                row.getInt("max_attempts"),
                Columns.instantOrNull(row, "open_at"),
                Columns.instantOrNull(row, "close_at"),
                row.getBoolean("shuffle_questions"),
                row.getBoolean("shuffle_options"),
                ShowAnswers.valueOf(row.getString("show_answers")),
                row.getBoolean("mandatory"));
    }
}
