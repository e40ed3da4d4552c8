package org.aula.grades.attempt;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Sql;

/// Rows of `quiz_submissions`.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface AttemptRepository extends GenericRepository<Attempt, UUID> {

    /// Attempts; conditions follow.
    String SELECT = """
            SELECT id, quiz_id, quiz_version, course_id, lesson_id, user_id, enrollment_id, request_id,
                   attempt_number AS number, status, seed, score, max_score, passed, time_spent_seconds, started_at,
                   end_at, submitted_at, timed_out, graded_at, regraded_version, instructor_feedback AS feedback,
                   version
            FROM quiz_submissions
            """;

    /// Lets nobody else begin an attempt of this learner at this quiz until the end of the transaction.
    @Query("""
            SELECT CAST(pg_advisory_xact_lock(
                hashtextextended(CAST(:userId AS text) || ' ' || CAST(:quizId AS text), 2)) AS text)
            """)
    String lockAttempts(UUID userId, UUID quizId);

    @Query(SELECT + "WHERE user_id = :userId AND request_id = :requestId")
    Optional<Attempt> findByRequest(UUID userId, UUID requestId);

    /// The learner's last attempt at a quiz: the open one, if there is one.
    @Query(SELECT + "WHERE user_id = :userId AND quiz_id = :quizId ORDER BY attempt_number DESC LIMIT 1")
    Optional<Attempt> findLast(UUID userId, UUID quizId);

    @Query(SELECT + "WHERE id = :id")
    Optional<Attempt> find(UUID id);

    /// Locks the row until the end of the transaction: answers, handing in and grading of one attempt
    /// follow each other.
    default Optional<Attempt> lock(UUID id) {
        return Sql.of(SELECT + "WHERE id = ? FOR UPDATE", id).find(Attempt.class);
    }

    /// Not by an annotation: Micronaut Data answers how many entities it was given, whatever PostgreSQL
    /// wrote.
    ///
    /// @return 0 when the learner used the request's id for something else
    default int insert(Attempt attempt) {
        return Sql.of(
                        """
                INSERT INTO quiz_submissions (
                    id, quiz_id, quiz_version, course_id, lesson_id, user_id, enrollment_id, request_id, attempt_number,
                    status, seed, max_score, started_at, end_at, version)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (user_id, request_id) DO NOTHING
                """,
                        attempt.id(),
                        attempt.quizId(),
                        attempt.quizVersion(),
                        attempt.courseId(),
                        attempt.lessonId(),
                        attempt.userId(),
                        attempt.enrollmentId(),
                        attempt.requestId(),
                        attempt.number(),
                        attempt.status().name(),
                        attempt.seed(),
                        attempt.maxScore(),
                        attempt.startedAt(),
                        attempt.endAt(),
                        attempt.version())
                .update();
    }

    @Query("""
            UPDATE quiz_submissions
            SET status = :status, score = :score, max_score = :maxScore, passed = :passed,
                time_spent_seconds = :timeSpentSeconds, submitted_at = :submittedAt, timed_out = :timedOut,
                graded_at = :gradedAt, regraded_version = :regradedVersion, instructor_feedback = :feedback,
                version = :version
            WHERE id = :id
            """)
    void update(Attempt attempt);

    /// Attempts whose time was over before this moment.
    @Query("""
            SELECT id FROM quiz_submissions
            WHERE status = 'IN_PROGRESS' AND end_at < :before ORDER BY end_at LIMIT :limit
            """)
    List<UUID> findOver(Instant before, int limit);

    /// Those of a quiz's attempts that were handed in, by id.
    @Query("""
            SELECT id FROM quiz_submissions
            WHERE quiz_id = :quizId AND id > :after AND status <> 'IN_PROGRESS' ORDER BY id LIMIT :limit
            """)
    List<UUID> findSubmitted(UUID quizId, UUID after, int limit);

    @Query("SELECT count(*) FROM quiz_submissions WHERE quiz_id = :quizId AND status <> 'IN_PROGRESS'")
    long countSubmitted(UUID quizId);

    @Query("""
            SELECT EXISTS (SELECT 1 FROM quiz_submissions WHERE user_id = :userId AND quiz_id = :quizId AND passed)
            """)
    boolean hasPassed(UUID userId, UUID quizId);

    /// One page, the latest first.
    default List<Attempt> list(AttemptQuery query) {
        return Sql.of(SELECT + "WHERE true")
                .add(query.conditions())
                .add(" ORDER BY id DESC LIMIT ?", query.limit())
                .list(Attempt.class);
    }
}
