package org.aula.enrollments.bulk;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Columns;
import org.aula.kernel.postgres.Handles;

/// `enrollment_lists` and their parts.
@Singleton
final class EnrollmentListRepository {

    void insert(EnrollmentList list) {
        Handles.current().createUpdate("""
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

    Optional<EnrollmentList> find(UUID id) {
        return find(id, "");
    }

    Optional<EnrollmentList> lock(UUID id) {
        return find(id, " FOR UPDATE");
    }

    private static Optional<EnrollmentList> find(UUID id, String lock) {
        return Handles.current().createQuery("SELECT * FROM enrollment_lists WHERE id = :id" + lock)
                .bind("id", id)
                .map((row, context) -> list(row))
                .findOne();
    }

    Optional<byte[]> findPart(UUID listId, int number) {
        return Handles.current().createQuery("SELECT csv FROM enrollment_list_parts WHERE list_id = :id AND number = :number")
                .bind("id", listId)
                .bind("number", number)
                .mapTo(byte[].class)
                .findOne();
    }

    void addPart(UUID listId, int number, byte[] csv) {
        Handles.current().createUpdate("INSERT INTO enrollment_list_parts (list_id, number, csv) VALUES (:id, :number, :csv)")
                .bind("id", listId)
                .bind("number", number)
                .bind("csv", csv)
                .execute();
        Handles.current().createUpdate("""
                        UPDATE enrollment_lists SET part_count = :number, size_bytes = size_bytes + :size
                        WHERE id = :id
                        """)
                .bind("id", listId)
                .bind("number", number)
                .bind("size", csv.length)
                .execute();
    }

    /// The last operation that worked on a list.
    Optional<UUID> findRun(UUID listId) {
        return Handles.current().createQuery("""
                        SELECT operation_id FROM enrollment_list_runs WHERE list_id = :id
                        ORDER BY operation_id DESC LIMIT 1
                        """).bind("id", listId).mapTo(UUID.class).findOne();
    }

    int deleteOlder(Instant before, int limit) {
        return Handles.current().createUpdate("""
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
