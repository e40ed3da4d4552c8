package org.aula.assignments.file;

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

/// Rows of `file_assignments`, with their `rubrics`.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface FileAssignmentRepository extends GenericRepository<FileVersionRow, UUID> {

    /// Assignments with their rubrics; conditions follow.
    String SELECT = """
            SELECT assignment.id, assignment.course_id, assignment.lesson_id, assignment.title,
                   assignment.description, assignment.instructions, assignment.points,
                   assignment.passing_score_percentage, assignment.open_at, assignment.due_at,
                   assignment.late_accepted, assignment.late_penalty_percent_per_day,
                   assignment.late_max_penalty_percent, assignment.late_cut_off_seconds,
                   assignment.file_extensions, assignment.max_file_bytes, assignment.max_files,
                   assignment.max_submissions, assignment.mandatory, assignment.status,
                   assignment.published_version, assignment.published_at, assignment.created_at,
                   assignment.updated_at, assignment.version, rubric.criteria
            FROM file_assignments assignment
            LEFT JOIN rubrics rubric ON rubric.file_assignment_id = assignment.id
            """;

    default Optional<FileAssignment> find(UUID id) {
        return Sql.of(SELECT + "WHERE assignment.id = ?", id).find(FileAssignmentRepository::assignment);
    }

    /// Reads an assignment and keeps others from changing it until the end of the transaction.
    default Optional<FileAssignment> lock(UUID id) {
        // The rubric is read when the lock is there: before it, another call may be at work.
        return Sql.of("SELECT id FROM file_assignments WHERE id = ? FOR UPDATE", id)
                .find(row -> row.getObject(1, UUID.class))
                .flatMap(this::find);
    }

    default List<FileAssignment> list(UUID courseId, @Nullable UUID after, int limit) {
        return Sql.of(SELECT + """
                        WHERE assignment.course_id = ? AND (CAST(? AS uuid) IS NULL OR assignment.id > ?)
                        ORDER BY assignment.id LIMIT ?
                        """, courseId, after, after, limit).list(FileAssignmentRepository::assignment);
    }

    @Query("SELECT count(*) FROM file_assignments WHERE course_id = :courseId")
    int count(UUID courseId);

    /// Inserts an assignment as it is when it was just made.
    default void insert(FileAssignment assignment) {
        insert(
                assignment.id(),
                assignment.courseId(),
                assignment.lessonId(),
                assignment.title(),
                assignment.description(),
                assignment.createdAt());
    }

    @Query("""
            INSERT INTO file_assignments (id, course_id, lesson_id, title, description, created_at, updated_at)
            VALUES (:id, :courseId, :lessonId, :title, :description, :createdAt, :createdAt)
            """)
    void insert(UUID id, UUID courseId, @Nullable UUID lessonId, String title, String description, Instant createdAt);

    default void update(FileAssignment assignment) {
        var settings = assignment.settings();
        var late = settings.latePolicy();
        var cutOff = late == null ? null : late.cutOff();
        Sql.of(
                        """
                        UPDATE file_assignments
                        SET lesson_id = ?, title = ?, description = ?, instructions = ?, points = ?,
                            passing_score_percentage = ?, open_at = ?, due_at = ?, late_accepted = ?,
                            late_penalty_percent_per_day = coalesce(CAST(? AS numeric), 0),
                            late_max_penalty_percent = coalesce(CAST(? AS numeric), 100),
                            late_cut_off_seconds = ?, file_extensions = ?, max_file_bytes = ?, max_files = ?,
                            max_submissions = ?, mandatory = ?, status = ?, published_version = ?, published_at = ?,
                            updated_at = ?, version = ?
                        WHERE id = ?
                        """,
                        assignment.lessonId(),
                        assignment.title(),
                        assignment.description(),
                        settings.instructions(),
                        settings.points(),
                        settings.passingPercentage(),
                        settings.openAt(),
                        settings.dueAt(),
                        late != null,
                        late == null ? null : late.penaltyPercentPerDay(),
                        late == null ? null : late.maxPenaltyPercent(),
                        cutOff == null ? null : Math.toIntExact(cutOff.toSeconds()),
                        settings.fileExtensions().toArray(String[]::new),
                        settings.maxFileBytes(),
                        settings.maxFiles(),
                        settings.maxSubmissions(),
                        settings.mandatory(),
                        assignment.status().name(),
                        assignment.publishedVersion(),
                        assignment.publishedAt(),
                        assignment.updatedAt(),
                        assignment.version(),
                        assignment.id())
                .update();
        var criteria = settings.rubric();
        if (criteria == null) {
            deleteRubric(assignment.id());
        } else {
            saveRubric(assignment.id(), criteria);
        }
    }

    @Query("DELETE FROM file_assignments WHERE id = :id")
    void delete(UUID id);

    @Query("DELETE FROM rubrics WHERE file_assignment_id = :id")
    void deleteRubric(UUID id);

    @Query("""
            INSERT INTO rubrics (file_assignment_id, criteria) VALUES (:id, CAST(:criteria AS json))
            ON CONFLICT (file_assignment_id) DO UPDATE SET criteria = excluded.criteria
            """)
    void saveRubric(UUID id, String criteria);

    private static FileAssignment assignment(ResultSet row) throws SQLException {
        return new FileAssignment(
                row.getObject("id", UUID.class),
                row.getObject("course_id", UUID.class),
                row.getObject("lesson_id", UUID.class),
                row.getString("title"),
                row.getString("description"),
                settings(row),
                Status.valueOf(row.getString("status")),
                row.getInt("published_version"),
                Columns.instantOrNull(row, "published_at"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"),
                row.getLong("version"));
    }

    private static FileAssignmentSettings settings(ResultSet row) throws SQLException {
        return new FileAssignmentSettings(
                row.getString("instructions"),
                row.getInt("points"),
                row.getBigDecimal("passing_score_percentage"),
                Columns.instantOrNull(row, "open_at"),
                Columns.instantOrNull(row, "due_at"),
                row.getBoolean("late_accepted") ? late(row) : null,
                List.of((String[]) row.getArray("file_extensions").getArray()),
                row.getLong("max_file_bytes"),
                row.getInt("max_files"),
                row.getInt("max_submissions"),
                row.getBoolean("mandatory"),
                row.getString("criteria"));
    }

    private static LatePolicy late(ResultSet row) throws SQLException {
        var cutOff = row.getObject("late_cut_off_seconds", Integer.class);
        return new LatePolicy(
                row.getBigDecimal("late_penalty_percent_per_day"),
                row.getBigDecimal("late_max_penalty_percent"),
                cutOff == null ? null : Duration.ofSeconds(cutOff));
    }
}
