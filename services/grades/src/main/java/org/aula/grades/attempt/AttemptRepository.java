package org.aula.grades.attempt;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Columns;
import org.aula.kernel.postgres.Handles;

/// `quiz_submissions`.
@Singleton
public final class AttemptRepository {

    private static final String SELECT = """
            SELECT id, quiz_id, quiz_version, course_id, lesson_id, user_id, enrollment_id, request_id, attempt_number,
                   status, seed, score, max_score, passed, time_spent_seconds, started_at, end_at, submitted_at,
                   timed_out, graded_at, regraded_version, instructor_feedback, version
            FROM quiz_submissions
            """;

    /// Lets nobody else begin an attempt of this learner at this quiz until the end of the transaction.
    void lockPlace(UUID userId, UUID quizId) {
        Handles.current().execute("SELECT pg_advisory_xact_lock(hashtextextended(?, 2))", userId + " " + quizId);
    }

    Optional<Attempt> findByRequest(UUID userId, UUID requestId) {
        return Handles.current().createQuery(SELECT + "WHERE user_id = :userId AND request_id = :requestId")
                .bind("userId", userId)
                .bind("requestId", requestId)
                .map((row, context) -> attempt(row))
                .findOne();
    }

    /// The learner's last attempt at a quiz: the open one, if there is one.
    Optional<Attempt> findLast(UUID userId, UUID quizId) {
        return Handles.current().createQuery(SELECT + """
                        WHERE user_id = :userId AND quiz_id = :quizId ORDER BY attempt_number DESC LIMIT 1
                        """)
                .bind("userId", userId)
                .bind("quizId", quizId)
                .map((row, context) -> attempt(row))
                .findOne();
    }

    public Optional<Attempt> find(UUID id) {
        return Handles.current().createQuery(SELECT + "WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> attempt(row))
                .findOne();
    }

    /// Locks the row until the end of the transaction: answers, handing in and grading of one attempt
    /// follow each other.
    public Optional<Attempt> lock(UUID id) {
        return Handles.current().createQuery(SELECT + "WHERE id = :id FOR UPDATE")
                .bind("id", id)
                .map((row, context) -> attempt(row))
                .findOne();
    }

    /// @return false when the learner used the request's id for something else
    boolean insert(Attempt attempt) {
        return Handles.current().createUpdate("""
                                INSERT INTO quiz_submissions (
                                    id, quiz_id, quiz_version, course_id, lesson_id, user_id, enrollment_id, request_id,
                                    attempt_number, status, seed, max_score, started_at, end_at, version)
                                VALUES (
                                    :id, :quizId, :quizVersion, :courseId, :lessonId, :userId, :enrollmentId, :requestId,
                                    :number, :status, :seed, :maxScore, :startedAt, :endAt, :version)
                                ON CONFLICT (user_id, request_id) DO NOTHING
                                """).bindMethods(attempt).execute() == 1;
    }

    public void update(Attempt attempt) {
        var spent = attempt.timeSpent();
        Handles.current().createUpdate("""
                        UPDATE quiz_submissions
                        SET status = :status, score = :score, max_score = :maxScore, passed = :passed,
                            time_spent_seconds = :seconds, submitted_at = :submittedAt, timed_out = :timedOut,
                            graded_at = :gradedAt, regraded_version = :regradedVersion,
                            instructor_feedback = :feedback, version = :version
                        WHERE id = :id
                        """)
                .bindMethods(attempt)
                .bind("seconds", spent == null ? null : spent.toSeconds())
                .execute();
    }

    /// Attempts whose time was over before this moment.
    List<UUID> findOver(Instant before, int limit) {
        return Handles.current().createQuery("""
                        SELECT id FROM quiz_submissions
                        WHERE status = 'IN_PROGRESS' AND end_at < :before ORDER BY end_at LIMIT :limit
                        """)
                .bind("before", before)
                .bind("limit", limit)
                .mapTo(UUID.class)
                .list();
    }

    /// Those of a quiz's attempts that were handed in, by id.
    public List<UUID> findSubmitted(UUID quizId, UUID after, int limit) {
        return Handles.current().createQuery("""
                        SELECT id FROM quiz_submissions
                        WHERE quiz_id = :quizId AND id > :after AND status <> 'IN_PROGRESS' ORDER BY id LIMIT :limit
                        """)
                .bind("quizId", quizId)
                .bind("after", after)
                .bind("limit", limit)
                .mapTo(UUID.class)
                .list();
    }

    public long countSubmitted(UUID quizId) {
        return Handles.current().createQuery("""
                        SELECT count(*) FROM quiz_submissions WHERE quiz_id = :quizId AND status <> 'IN_PROGRESS'
                        """).bind("quizId", quizId).mapTo(Long.class).one();
    }

    boolean hasPassed(UUID userId, UUID quizId) {
        return Handles.current().createQuery("""
                        SELECT EXISTS (
                            SELECT FROM quiz_submissions WHERE user_id = :userId AND quiz_id = :quizId AND passed)
                        """)
                .bind("userId", userId)
                .bind("quizId", quizId)
                .mapTo(Boolean.class)
                .one();
    }

    /// One page, the latest first.
    List<Attempt> list(AttemptQuery query) {
        var sql = new StringBuilder(SELECT).append("WHERE true");
        query.conditions().forEach(condition -> sql.append(" AND ").append(condition));
        return Handles.current().createQuery(sql.append(" ORDER BY id DESC LIMIT :limit").toString())
                .bindMethods(query)
                .map((row, context) -> attempt(row))
                .list();
    }

    private static Attempt attempt(ResultSet row) throws SQLException {
        var seconds = row.getObject("time_spent_seconds", Integer.class);
        return new Attempt(
                row.getObject("id", UUID.class),
                row.getObject("quiz_id", UUID.class),
                row.getInt("quiz_version"),
                row.getObject("course_id", UUID.class),
                row.getObject("lesson_id", UUID.class),
                row.getObject("user_id", UUID.class),
                row.getObject("enrollment_id", UUID.class),
                row.getObject("request_id", UUID.class),
                row.getInt("attempt_number"),
                Attempt.Status.valueOf(row.getString("status")),
                row.getLong("seed"),
                row.getBigDecimal("score"),
                row.getBigDecimal("max_score"),
                row.getObject("passed", Boolean.class),
                seconds == null ? null : Duration.ofSeconds(seconds),
                Columns.instant(row, "started_at"),
                Columns.instantOrNull(row, "end_at"),
                Columns.instantOrNull(row, "submitted_at"),
                row.getBoolean("timed_out"),
                Columns.instantOrNull(row, "graded_at"),
                row.getObject("regraded_version", Integer.class),
                row.getString("instructor_feedback"),
                row.getLong("version"));
    }
}
