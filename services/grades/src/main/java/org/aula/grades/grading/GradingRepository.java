package org.aula.grades.grading;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.grades.attempt.Response;
import org.aula.grades.attempt.ResponseRepository;
import org.aula.kernel.postgres.Columns;
import org.aula.kernel.postgres.Handles;
import org.jspecify.annotations.Nullable;

/// Answers as those who grade read and write them.
@Singleton
final class GradingRepository {

    /// Where a page goes on: behind this answer.
    record Place(Instant submittedAt, UUID responseId) {}

    /// What is asked for.
    ///
    /// @param grader whose claims are no hindrance; null when claims do not matter
    record Query(
            UUID courseId,
            @Nullable UUID quizId,
            @Nullable UUID grader,
            @Nullable Place after,
            int limit) {}

    /// One page, those that wait longest first.
    List<PendingRow> list(Query query, Instant now) {
        var sql = new StringBuilder("""
                SELECT r.id, r.submission_id, r.question_id, r.answer_data, r.state, r.points_earned, r.max_points,
                       r.instructor_feedback, r.auto_graded, r.claimed_by, r.claimed_until, s.quiz_id, s.quiz_version,
                       s.user_id, s.submitted_at
                FROM quiz_submissions s JOIN quiz_responses r ON r.submission_id = s.id AND r.state = 'PENDING'
                WHERE s.course_id = :courseId AND s.status = 'SUBMITTED'
                """);
        if (query.quizId() != null) {
            sql.append(" AND s.quiz_id = :quizId");
        }
        if (query.grader() != null) {
            sql.append(" AND (r.claimed_until IS NULL OR r.claimed_until <= :now OR r.claimed_by = :grader)");
        }
        var after = query.after();
        if (after != null) {
            sql.append(" AND (s.submitted_at, r.id) > (:submittedAt, :responseId)");
        }
        var statement = Handles.current().createQuery(sql.append(" ORDER BY s.submitted_at, r.id LIMIT :limit")
                        .toString())
                .bind("courseId", query.courseId())
                .bind("limit", query.limit());
        if (query.quizId() != null) {
            statement.bind("quizId", query.quizId());
        }
        if (query.grader() != null) {
            statement.bind("now", now).bind("grader", query.grader());
        }
        if (after != null) {
            statement.bind("submittedAt", after.submittedAt()).bind("responseId", after.responseId());
        }
        return statement
                .map((row, context) -> new PendingRow(
                        ResponseRepository.response(row),
                        row.getObject("quiz_id", UUID.class),
                        row.getInt("quiz_version"),
                        row.getObject("user_id", UUID.class),
                        Columns.instant(row, "submitted_at")))
                .list();
    }

    /// The attempt that an answer is of.
    Optional<UUID> attemptOf(UUID responseId) {
        return Handles.current().createQuery("SELECT submission_id FROM quiz_responses WHERE id = :id")
                .bind("id", responseId)
                .mapTo(UUID.class)
                .findOne();
    }

    void claim(UUID responseId, @Nullable UUID grader, @Nullable Instant until) {
        Handles.current().createUpdate("UPDATE quiz_responses SET claimed_by = :grader, claimed_until = :until WHERE id = :id")
                .bind("id", responseId)
                .bind("grader", grader)
                .bind("until", until)
                .execute();
    }

    void grade(Response response, BigDecimal points, String feedback, UUID grader, Instant now) {
        Handles.current().createUpdate("""
                        UPDATE quiz_responses
                        SET state = 'GRADED', points_earned = :points, is_correct = (:points = max_points),
                            instructor_feedback = :feedback, auto_graded = false, graded_by = :grader,
                            claimed_by = NULL, claimed_until = NULL, updated_at = :now
                        WHERE id = :id
                        """)
                .bind("id", response.id())
                .bind("points", points)
                .bind("feedback", feedback)
                .bind("grader", grader)
                .bind("now", now)
                .execute();
    }
}
