package org.aula.enrollments.bulk;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Columns;
import org.jdbi.v3.core.Handle;

/// `enrollment_lists` and their parts.
@Singleton
final class EnrollmentListRepository {

    void insert(Handle handle, EnrollmentList list) {
        handle.createUpdate("""
                        INSERT INTO enrollment_lists (id, owner_id, course_id, waive_prerequisites, created_at)
                        VALUES (:id, :ownerId, :courseId, :waives, :createdAt)
                        """)
                .bind("id", list.id())
                .bind("ownerId", list.ownerId())
                .bind("courseId", list.courseId())
                .bind("waives", list.waivesPrerequisites())
                .bind("createdAt", list.createdAt())
                .execute();
    }

    Optional<EnrollmentList> find(Handle handle, UUID id) {
        return find(handle, id, "");
    }

    Optional<EnrollmentList> lock(Handle handle, UUID id) {
        return find(handle, id, " FOR UPDATE");
    }

    private static Optional<EnrollmentList> find(Handle handle, UUID id, String lock) {
        return handle.createQuery("SELECT * FROM enrollment_lists WHERE id = :id" + lock)
                .bind("id", id)
                .map((row, context) -> list(row))
                .findOne();
    }

    Optional<byte[]> findPart(Handle handle, UUID listId, int number) {
        return handle.createQuery("SELECT csv FROM enrollment_list_parts WHERE list_id = :id AND number = :number")
                .bind("id", listId)
                .bind("number", number)
                .mapTo(byte[].class)
                .findOne();
    }

    void addPart(Handle handle, UUID listId, int number, byte[] csv) {
        handle.createUpdate("INSERT INTO enrollment_list_parts (list_id, number, csv) VALUES (:id, :number, :csv)")
                .bind("id", listId)
                .bind("number", number)
                .bind("csv", csv)
                .execute();
        handle.createUpdate("""
                        UPDATE enrollment_lists SET part_count = :number, size_bytes = size_bytes + :size
                        WHERE id = :id
                        """)
                .bind("id", listId)
                .bind("number", number)
                .bind("size", csv.length)
                .execute();
    }

    /// The last operation that worked on a list.
    Optional<UUID> findRun(Handle handle, UUID listId) {
        return handle.createQuery("""
                        SELECT operation_id FROM enrollment_list_runs WHERE list_id = :id
                        ORDER BY operation_id DESC LIMIT 1
                        """).bind("id", listId).mapTo(UUID.class).findOne();
    }

    int deleteOlder(Handle handle, Instant before, int limit) {
        return handle.createUpdate("""
                        DELETE FROM enrollment_lists WHERE id IN (
                            SELECT id FROM enrollment_lists WHERE created_at < :before ORDER BY created_at LIMIT :limit)
                        """)
                .bind("before", before)
                .bind("limit", limit)
                .execute();
    }

    private static EnrollmentList list(ResultSet row) throws SQLException {
        return new EnrollmentList(
                row.getObject("id", UUID.class),
                row.getObject("owner_id", UUID.class),
                row.getObject("course_id", UUID.class),
                row.getBoolean("waive_prerequisites"),
                row.getInt("part_count"),
                row.getLong("size_bytes"),
                Columns.instant(row, "created_at"));
    }
}
