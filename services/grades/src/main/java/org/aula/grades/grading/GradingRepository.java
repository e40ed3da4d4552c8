package org.aula.grades.grading;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.grades.attempt.Response;
import org.aula.grades.attempt.ResponseRepository;
import org.aula.kernel.postgres.Columns;
import org.aula.kernel.postgres.Sql;
import org.jspecify.annotations.Nullable;

/// Answers as those who grade read and write them.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface GradingRepository extends GenericRepository<Response, UUID> {

    /// Where a page goes on: behind this answer.
    record Cursor(Instant submittedAt, UUID responseId) {}

    /// What is asked for.
    ///
    /// @param grader whose claims are no hindrance; null when claims do not matter
    record Filter(
            UUID courseId,
            @Nullable UUID quizId,
            @Nullable UUID grader,
            @Nullable Cursor after,
            int limit) {}

    /// One page, those that wait longest first.
    default List<PendingRow> list(Filter filter, Instant now) {
        var sql = Sql.of("""
                SELECT r.id, r.submission_id, r.question_id, r.answer_data, r.state, r.points_earned, r.max_points,
                       r.instructor_feedback, r.auto_graded, r.claimed_by, r.claimed_until, s.quiz_id, s.quiz_version,
                       s.user_id, s.submitted_at
                FROM quiz_submissions s JOIN quiz_responses r ON r.submission_id = s.id AND r.state = 'PENDING'
                WHERE s.course_id = ? AND s.status = 'SUBMITTED'
                """, filter.courseId());
        if (filter.quizId() != null) {
            sql.add(" AND s.quiz_id = ?", filter.quizId());
        }
        if (filter.grader() != null) {
            sql.add(" AND (r.claimed_until IS NULL OR r.claimed_until <= ? OR r.claimed_by = ?)", now, filter.grader());
        }
        var after = filter.after();
        if (after != null) {
            sql.add(" AND (s.submitted_at, r.id) > (?, ?)", after.submittedAt(), after.responseId());
        }
        return sql.add(" ORDER BY s.submitted_at, r.id LIMIT ?", filter.limit()).list(GradingRepository::pending);
    }

    /// The attempt that an answer is of.
    @Query("SELECT submission_id FROM quiz_responses WHERE id = :responseId")
    Optional<UUID> attemptOf(UUID responseId);

    @Query("UPDATE quiz_responses SET claimed_by = :grader, claimed_until = :until WHERE id = :responseId")
    void claim(UUID responseId, @Nullable UUID grader, @Nullable Instant until);

    @Query("""
            UPDATE quiz_responses
            SET state = 'GRADED', points_earned = :points, is_correct = (:points = max_points),
                instructor_feedback = :feedback, auto_graded = false, graded_by = :grader,
                claimed_by = NULL, claimed_until = NULL, updated_at = :now
            WHERE id = :responseId
            """)
    void grade(UUID responseId, BigDecimal points, String feedback, UUID grader, Instant now);

    private static PendingRow pending(ResultSet row) throws SQLException {
        return new PendingRow(
                ResponseRepository.response(row),
                row.getObject("quiz_id", UUID.class),
                row.getInt("quiz_version"),
                row.getObject("user_id", UUID.class),
                Columns.instant(row, "submitted_at"));
    }
}
