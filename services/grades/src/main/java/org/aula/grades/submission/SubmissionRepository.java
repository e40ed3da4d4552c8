package org.aula.grades.submission;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Columns;
import org.aula.kernel.postgres.Sql;

/// Rows of `assignment_submissions`.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface SubmissionRepository extends GenericRepository<Submission, UUID> {

    /// Submissions; conditions follow.
    String SELECT = """
            SELECT id, file_assignment_id, assignment_version, course_id, lesson_id, user_id, enrollment_id,
                   submission_number, status, files, comment, late_penalty_percent, raw_score, score, max_score, passed,
                   levels, instructor_feedback, created_at, submitted_at, graded_at, graded_by, version
            FROM assignment_submissions
            """;

    /// Lets nobody else begin a submission of this learner for this assignment until the end of the
    /// transaction.
    @Query("""
            SELECT CAST(pg_advisory_xact_lock(
                hashtextextended(CAST(:userId AS text) || ' ' || CAST(:fileAssignmentId AS text), 4)) AS text)
            """)
    String lockPlace(UUID userId, UUID fileAssignmentId);

    default Optional<Submission> findLast(UUID userId, UUID fileAssignmentId) {
        return Sql.of(SELECT + """
                WHERE user_id = ? AND file_assignment_id = ? ORDER BY submission_number DESC LIMIT 1
                """, userId, fileAssignmentId).find(SubmissionRepository::submission);
    }

    default Optional<Submission> find(UUID id) {
        return Sql.of(SELECT + "WHERE id = ?", id).find(SubmissionRepository::submission);
    }

    default Optional<Submission> lock(UUID id) {
        return Sql.of(SELECT + "WHERE id = ? FOR UPDATE", id).find(SubmissionRepository::submission);
    }

    @Query("""
            INSERT INTO assignment_submissions (
                id, file_assignment_id, assignment_version, course_id, lesson_id, user_id, enrollment_id,
                submission_number, status, max_score, created_at, version)
            VALUES (
                :id, :fileAssignmentId, :assignmentVersion, :courseId, :lessonId, :userId, :enrollmentId,
                :number, :status, :maxScore, :createdAt, :version)
            """)
    void insert(Submission submission);

    default void update(Submission submission) {
        Sql.of(
                        """
                        UPDATE assignment_submissions
                        SET status = ?, assignment_version = ?, max_score = ?, files = CAST(? AS jsonb), comment = ?,
                            late_penalty_percent = ?, raw_score = ?, score = ?, passed = ?, levels = CAST(? AS jsonb),
                            instructor_feedback = ?, submitted_at = ?, graded_at = ?, graded_by = ?, version = ?
                        WHERE id = ?
                        """,
                        submission.status().name(),
                        submission.assignmentVersion(),
                        submission.maxScore(),
                        SubmissionMapper.filesJson(submission),
                        submission.comment(),
                        submission.latePenaltyPercent(),
                        submission.rawScore(),
                        submission.score(),
                        submission.passed(),
                        SubmissionMapper.levelsJson(submission),
                        submission.feedback(),
                        submission.submittedAt(),
                        submission.gradedAt(),
                        submission.gradedBy(),
                        submission.version(),
                        submission.id())
                .update();
    }

    default List<Submission> list(SubmissionQuery query) {
        return Sql.of(SELECT + "WHERE ")
                .add(query.conditions())
                .add(" ORDER BY " + query.order() + " LIMIT ?", query.limit())
                .list(SubmissionRepository::submission);
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
