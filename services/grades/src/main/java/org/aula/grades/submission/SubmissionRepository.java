package org.aula.grades.submission;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Columns;
import org.jdbi.v3.core.Handle;

/// `assignment_submissions`.
@Singleton
final class SubmissionRepository {

    private static final String SELECT = """
            SELECT id, file_assignment_id, assignment_version, course_id, lesson_id, user_id, enrollment_id,
                   submission_number, status, files, comment, late_penalty_percent, raw_score, score, max_score, passed,
                   levels, instructor_feedback, created_at, submitted_at, graded_at, graded_by, version
            FROM assignment_submissions
            """;

    /// Lets nobody else begin a submission of this learner for this assignment until the end of the
    /// transaction.
    void lockPlace(Handle handle, UUID userId, UUID fileAssignmentId) {
        handle.execute("SELECT pg_advisory_xact_lock(hashtextextended(?, 4))", userId + " " + fileAssignmentId);
    }

    Optional<Submission> findLast(Handle handle, UUID userId, UUID fileAssignmentId) {
        return handle.createQuery(SELECT + """
                        WHERE user_id = :userId AND file_assignment_id = :id ORDER BY submission_number DESC LIMIT 1
                        """)
                .bind("userId", userId)
                .bind("id", fileAssignmentId)
                .map((row, context) -> submission(row))
                .findOne();
    }

    Optional<Submission> find(Handle handle, UUID id) {
        return handle.createQuery(SELECT + "WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> submission(row))
                .findOne();
    }

    Optional<Submission> lock(Handle handle, UUID id) {
        return handle.createQuery(SELECT + "WHERE id = :id FOR UPDATE")
                .bind("id", id)
                .map((row, context) -> submission(row))
                .findOne();
    }

    void insert(Handle handle, Submission submission) {
        handle.createUpdate("""
                        INSERT INTO assignment_submissions (
                            id, file_assignment_id, assignment_version, course_id, lesson_id, user_id, enrollment_id,
                            submission_number, status, max_score, created_at, version)
                        VALUES (
                            :id, :fileAssignmentId, :assignmentVersion, :courseId, :lessonId, :userId, :enrollmentId,
                            :number, :status, :maxScore, :createdAt, :version)
                        """).bindMethods(submission).execute();
    }

    void update(Handle handle, Submission submission) {
        handle.createUpdate("""
                        UPDATE assignment_submissions
                        SET status = :status, assignment_version = :assignmentVersion, max_score = :maxScore,
                            files = CAST(:filesJson AS jsonb), comment = :comment,
                            late_penalty_percent = :latePenaltyPercent, raw_score = :rawScore, score = :score,
                            passed = :passed, levels = CAST(:levelsJson AS jsonb), instructor_feedback = :feedback,
                            submitted_at = :submittedAt, graded_at = :gradedAt, graded_by = :gradedBy,
                            version = :version
                        WHERE id = :id
                        """)
                .bindMethods(submission)
                .bind("filesJson", SubmissionMapper.filesJson(submission))
                .bind("levelsJson", SubmissionMapper.levelsJson(submission))
                .execute();
    }

    List<Submission> list(Handle handle, SubmissionQuery query) {
        return handle.createQuery(SELECT + "WHERE " + String.join(" AND ", query.conditions()) + " ORDER BY "
                        + query.order() + " LIMIT :limit")
                .bindMethods(query)
                .map((row, context) -> submission(row))
                .list();
    }

    private static Submission submission(ResultSet row) throws SQLException {
        return new Submission(
                row.getObject("id", UUID.class),
                row.getObject("file_assignment_id", UUID.class),
                row.getInt("assignment_version"),
                row.getObject("course_id", UUID.class),
                row.getObject("lesson_id", UUID.class),
                row.getObject("user_id", UUID.class),
                row.getObject("enrollment_id", UUID.class),
                row.getInt("submission_number"),
                Submission.Status.valueOf(row.getString("status")),
                SubmissionMapper.files(row.getString("files")),
                row.getString("comment"),
                row.getBigDecimal("late_penalty_percent"),
                row.getBigDecimal("raw_score"),
                row.getBigDecimal("score"),
                row.getBigDecimal("max_score"),
                row.getObject("passed", Boolean.class),
                SubmissionMapper.levels(row.getString("levels")),
                row.getString("instructor_feedback"),
                Columns.instant(row, "created_at"),
                Columns.instantOrNull(row, "submitted_at"),
                Columns.instantOrNull(row, "graded_at"),
                row.getObject("graded_by", UUID.class),
                row.getLong("version"));
    }
}
