package org.aula.grades.gradebook;

import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.aula.kernel.postgres.Session;
import org.aula.kernel.postgres.Sql;

/// Rows of `gradebook_scores`: of several attempts or submissions the best, the earlier one of two that are
/// as good.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface ScoreRepository extends GenericRepository<Score, UUID> {

    String INSERT = """
            INSERT INTO gradebook_scores (
                course_id, user_id, item_id, source_id, points, raw_points, max_points, late_penalty_percent)
            """;
    String OR_UPDATE = """
            ORDER BY score / nullif(max_score, 0) DESC NULLS LAST, id LIMIT 1
            ON CONFLICT (course_id, user_id, item_id) DO UPDATE
            SET source_id = excluded.source_id, points = excluded.points, raw_points = excluded.raw_points,
                max_points = excluded.max_points, late_penalty_percent = excluded.late_penalty_percent
            """;

    /// Takes the best attempt when the transaction ends.
    default void takeBestAttempt(UUID courseId, UUID userId, UUID quizId) {
        Session.current().defer(INSERT + """
                SELECT ?, user_id, quiz_id, id, score, score, max_score, 0 FROM quiz_submissions
                WHERE user_id = ? AND quiz_id = ? AND status = 'GRADED'
                """ + OR_UPDATE, courseId, userId, quizId);
    }

    /// Takes the best submission when the transaction ends.
    default void takeBestSubmission(UUID courseId, UUID userId, UUID assignmentId) {
        Session.current().defer(INSERT + """
                SELECT ?, user_id, file_assignment_id, id, score, raw_score, max_score, late_penalty_percent
                FROM assignment_submissions
                WHERE user_id = ? AND file_assignment_id = ? AND status = 'GRADED'
                """ + OR_UPDATE, courseId, userId, assignmentId);
    }

    /// The scores of these learners in a course.
    default List<Score> list(UUID courseId, Collection<UUID> userIds) {
        return Sql.of("""
                SELECT user_id, item_id, source_id, points, raw_points, max_points, late_penalty_percent
                FROM gradebook_scores WHERE course_id = ? AND user_id = ANY(?)
                """, courseId, userIds.toArray(UUID[]::new)).list(Score.class);
    }
}
