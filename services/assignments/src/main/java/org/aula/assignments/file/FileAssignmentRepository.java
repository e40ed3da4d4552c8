package org.aula.assignments.file;

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

/// Rows of `file_assignments`, with their `rubrics`.
@Singleton
final class FileAssignmentRepository {

    private static final String SELECT = """
            SELECT assignment.*, rubric.criteria
            FROM file_assignments assignment
            LEFT JOIN rubrics rubric ON rubric.file_assignment_id = assignment.id
            """;

    Optional<FileAssignment> find(Handle handle, UUID id) {
        return handle.createQuery(SELECT + "WHERE assignment.id = :id")
                .bind("id", id)
                .map((row, context) -> assignment(row))
                .findOne();
    }

    /// Reads an assignment and keeps others from changing it until the end of the transaction.
    Optional<FileAssignment> lock(Handle handle, UUID id) {
        // The rubric is read when the lock is there: before it, another call may be at work.
        var locked = handle.createQuery("SELECT id FROM file_assignments WHERE id = :id FOR UPDATE")
                .bind("id", id)
                .mapTo(UUID.class)
                .findOne();
        return locked.flatMap(known -> find(handle, known));
    }

    List<FileAssignment> list(Handle handle, UUID courseId, @Nullable UUID after, int limit) {
        return handle.createQuery(SELECT + """
                        WHERE assignment.course_id = :courseId
                          AND (CAST(:after AS uuid) IS NULL OR assignment.id > :after)
                        ORDER BY assignment.id LIMIT :limit
                        """)
                .bind("courseId", courseId)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> assignment(row))
                .list();
    }

    int count(Handle handle, UUID courseId) {
        return handle.createQuery("SELECT count(*) FROM file_assignments WHERE course_id = :courseId")
                .bind("courseId", courseId)
                .mapTo(Integer.class)
                .one();
    }

    /// Inserts an assignment as it is when it was just made.
    void insert(Handle handle, FileAssignment assignment) {
        handle.createUpdate("""
                        INSERT INTO file_assignments (
                            id, course_id, lesson_id, title, description, created_at, updated_at)
                        VALUES (:id, :courseId, :lessonId, :title, :description, :createdAt, :createdAt)
                        """)
                .bind("id", assignment.id())
                .bind("courseId", assignment.courseId())
                .bind("lessonId", assignment.lessonId())
                .bind("title", assignment.title())
                .bind("description", assignment.description())
                .bind("createdAt", time(assignment.createdAt()))
                .execute();
    }

    void update(Handle handle, FileAssignment assignment) {
        var update = handle.createUpdate("""
                UPDATE file_assignments
                SET lesson_id = :lessonId, title = :title, description = :description, instructions = :instructions,
                    points = :points, passing_score_percentage = :passingPercentage, open_at = :openAt,
                    due_at = :dueAt, late_accepted = :lateAccepted,
                    late_penalty_percent_per_day = coalesce(:latePenalty, 0),
                    late_max_penalty_percent = coalesce(:lateMaxPenalty, 100),
                    late_cut_off_seconds = :lateCutOffSeconds, file_extensions = :fileExtensions,
                    max_file_bytes = :maxFileBytes, max_files = :maxFiles, max_submissions = :maxSubmissions,
                    mandatory = :mandatory, status = :status, published_version = :publishedVersion,
                    published_at = :publishedAt, updated_at = :updatedAt, version = :version
                WHERE id = :id
                """);
        bindLate(bind(update, assignment), assignment.settings().latePolicy())
                .bind("lessonId", assignment.lessonId())
                .bind("title", assignment.title())
                .bind("description", assignment.description())
                .bind("status", assignment.status().name())
                .bind("publishedVersion", assignment.publishedVersion())
                .bind("publishedAt", time(assignment.publishedAt()))
                .bind("updatedAt", time(assignment.updatedAt()))
                .bind("version", assignment.version())
                .execute();
        writeRubric(handle, assignment.id(), assignment.settings().rubric());
    }

    void delete(Handle handle, UUID id) {
        handle.createUpdate("DELETE FROM file_assignments WHERE id = :id")
                .bind("id", id)
                .execute();
    }

    private static void writeRubric(Handle handle, UUID id, @Nullable String criteria) {
        var sql = criteria == null ? "DELETE FROM rubrics WHERE file_assignment_id = :id" : """
                  INSERT INTO rubrics (file_assignment_id, criteria) VALUES (:id, CAST(:criteria AS json))
                  ON CONFLICT (file_assignment_id) DO UPDATE SET criteria = excluded.criteria
                  """;
        var statement = handle.createUpdate(sql).bind("id", id);
        if (criteria != null) {
            statement.bind("criteria", criteria);
        }
        statement.execute();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, FileAssignment assignment) {
        var settings = assignment.settings();
        return statement
                .bind("id", assignment.id())
                .bind("instructions", settings.instructions())
                .bind("points", settings.points())
                .bind("passingPercentage", settings.passingPercentage())
                .bind("openAt", time(settings.openAt()))
                .bind("dueAt", time(settings.dueAt()))
                .bindArray("fileExtensions", String.class, settings.fileExtensions())
                .bind("maxFileBytes", settings.maxFileBytes())
                .bind("maxFiles", settings.maxFiles())
                .bind("maxSubmissions", settings.maxSubmissions())
                .bind("mandatory", settings.mandatory());
    }

    private static <S extends SqlStatement<S>> S bindLate(S statement, @Nullable LatePolicy late) {
        var cutOff = late == null ? null : late.cutOff();
        return statement
                .bind("lateAccepted", late != null)
                .bind("latePenalty", late == null ? null : late.penaltyPercentPerDay())
                .bind("lateMaxPenalty", late == null ? null : late.maxPenaltyPercent())
                .bind("lateCutOffSeconds", cutOff == null ? null : Math.toIntExact(cutOff.toSeconds()));
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

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
