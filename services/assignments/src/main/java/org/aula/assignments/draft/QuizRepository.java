package org.aula.assignments.draft;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.assignments.course.Status;
import org.aula.kernel.postgres.Columns;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/// Rows of `quizzes`, and the order of what is in them.
@Singleton
public final class QuizRepository {

    public Optional<Quiz> find(Handle handle, UUID id) {
        return handle.createQuery("SELECT * FROM quizzes WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> quiz(row))
                .findOne();
    }

    /// Reads a quiz and keeps others from changing it, its questions or draws until the end of the
    /// transaction.
    Optional<Quiz> lock(Handle handle, UUID id) {
        return handle.createQuery("SELECT * FROM quizzes WHERE id = :id FOR UPDATE")
                .bind("id", id)
                .map((row, context) -> quiz(row))
                .findOne();
    }

    public List<Quiz> list(Handle handle, UUID courseId, @Nullable UUID after, int limit) {
        return handle.createQuery("""
                        SELECT * FROM quizzes
                        WHERE course_id = :courseId AND (CAST(:after AS uuid) IS NULL OR id > :after)
                        ORDER BY id LIMIT :limit
                        """)
                .bind("courseId", courseId)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> quiz(row))
                .list();
    }

    public int count(Handle handle, UUID courseId) {
        return handle.createQuery("SELECT count(*) FROM quizzes WHERE course_id = :courseId")
                .bind("courseId", courseId)
                .mapTo(Integer.class)
                .one();
    }

    public void insert(Handle handle, Quiz quiz) {
        insertAll(handle, List.of(quiz));
    }

    /// Writes many in one batch, with what they count.
    public void insertAll(Handle handle, List<Quiz> quizzes) {
        var batch = handle.prepareBatch("""
                INSERT INTO quizzes (
                    id, course_id, lesson_id, title, description, instructions, passing_score_percentage,
                    time_limit_seconds, max_attempts, open_at, close_at, shuffle_questions, shuffle_options,
                    show_answers, mandatory, created_at, updated_at, total_points, question_count, status,
                    published_version, published_at, version)
                VALUES (
                    :id, :courseId, :lessonId, :title, :description, :instructions, :passingPercentage,
                    :timeLimitSeconds, :maxAttempts, :openAt, :closeAt, :shuffleQuestions, :shuffleOptions,
                    :showAnswers, :mandatory, :createdAt, :updatedAt, :totalPoints, :questionCount, :status,
                    :publishedVersion, :publishedAt, :version)
                """);
        for (var quiz : quizzes) {
            bind(batch, quiz)
                    .bind("courseId", quiz.courseId())
                    .bind("createdAt", time(quiz.createdAt()))
                    .bind("totalPoints", quiz.totalPoints())
                    .bind("questionCount", quiz.questionCount())
                    .add();
        }
        batch.execute();
    }

    public void update(Handle handle, Quiz quiz) {
        var update = handle.createUpdate("""
                UPDATE quizzes
                SET lesson_id = :lessonId, title = :title, description = :description, instructions = :instructions,
                    passing_score_percentage = :passingPercentage, time_limit_seconds = :timeLimitSeconds,
                    max_attempts = :maxAttempts, open_at = :openAt, close_at = :closeAt,
                    shuffle_questions = :shuffleQuestions, shuffle_options = :shuffleOptions,
                    show_answers = :showAnswers, mandatory = :mandatory, status = :status,
                    published_version = :publishedVersion, published_at = :publishedAt, updated_at = :updatedAt,
                    version = :version
                WHERE id = :id
                """);
        bind(update, quiz).execute();
    }

    public void delete(Handle handle, UUID id) {
        handle.createUpdate("DELETE FROM quizzes WHERE id = :id").bind("id", id).execute();
    }

    /// Counts again what a quiz has.
    ///
    /// @return the bytes of its questions
    long recount(Handle handle, UUID id, Instant now) {
        return handle.createQuery("""
                        UPDATE quizzes quiz
                        SET total_points = questions.points + draws.points,
                            question_count = questions.number + draws.number,
                            updated_at = :now, version = quiz.version + 1
                        FROM (
                            SELECT count(*) AS number, coalesce(sum(points), 0) AS points,
                                   coalesce(sum(bytes), 0) AS bytes
                            FROM quiz_questions WHERE quiz_id = :id) questions,
                           (
                            SELECT coalesce(sum(question_count), 0) AS number,
                                   coalesce(sum(question_count * points_each), 0) AS points
                            FROM quiz_draws WHERE quiz_id = :id) draws
                        WHERE quiz.id = :id
                        RETURNING questions.bytes
                        """)
                .bind("id", id)
                .bind("now", time(now))
                .mapTo(Long.class)
                .one();
    }

    /// The place behind the last question or draw.
    int nextPlace(Handle handle, UUID id) {
        return handle.createQuery("""
                        SELECT coalesce(max(sort_order) + 1, 0) FROM (
                            SELECT sort_order FROM quiz_questions WHERE quiz_id = :id
                            UNION ALL SELECT sort_order FROM quiz_draws WHERE quiz_id = :id) AS places
                        """).bind("id", id).mapTo(Integer.class).one();
    }

    /// Gives questions and draws of a quiz the places that they have in the list, in one statement.
    public void reorder(Handle handle, UUID quizId, List<UUID> ids) {
        handle.createUpdate("""
                        WITH wanted AS (
                            SELECT id, place - 1 AS place
                            FROM unnest(CAST(:ids AS uuid[])) WITH ORDINALITY AS list (id, place)),
                        draws AS (
                            UPDATE quiz_draws draw SET sort_order = wanted.place, version = draw.version + 1
                            FROM wanted
                            WHERE draw.id = wanted.id AND draw.quiz_id = :quizId
                              AND draw.sort_order <> wanted.place)
                        UPDATE quiz_questions question
                        SET sort_order = wanted.place, version = question.version + 1
                        FROM wanted
                        WHERE question.id = wanted.id AND question.quiz_id = :quizId
                          AND question.sort_order <> wanted.place
                        """)
                .bindArray("ids", UUID.class, ids)
                .bind("quizId", quizId)
                .execute();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Quiz quiz) {
        var settings = quiz.settings();
        var limit = settings.timeLimit();
        return statement
                .bind("id", quiz.id())
                .bind("lessonId", quiz.lessonId())
                .bind("title", quiz.title())
                .bind("description", quiz.description())
                .bind("instructions", settings.instructions())
                .bind("passingPercentage", settings.passingPercentage())
                .bind("timeLimitSeconds", limit == null ? null : Math.toIntExact(limit.toSeconds()))
                .bind("maxAttempts", settings.maxAttempts())
                .bind("openAt", time(settings.openAt()))
                .bind("closeAt", time(settings.closeAt()))
                .bind("shuffleQuestions", settings.shuffleQuestions())
                .bind("shuffleOptions", settings.shuffleOptions())
                .bind("showAnswers", settings.showAnswers().name())
                .bind("mandatory", settings.mandatory())
                .bind("updatedAt", time(quiz.updatedAt()))
                .bind("status", quiz.status().name())
                .bind("publishedVersion", quiz.publishedVersion())
                .bind("publishedAt", time(quiz.publishedAt()))
                .bind("version", quiz.version());
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
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
