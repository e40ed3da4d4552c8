package org.aula.enrollments.bulk;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Sql;

/// Rows of `enrollment_lists` and `enrollment_list_parts`.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface EnrollmentListRepository extends GenericRepository<EnrollmentList, UUID> {

    /// Lists; conditions follow.
    String SELECT = """
            SELECT id, owner_id, course_id, waive_prerequisites AS waives_prerequisites, part_count, size_bytes,
                created_at
            FROM enrollment_lists
            """;

    @Query("""
            INSERT INTO enrollment_lists (id, owner_id, course_id, waive_prerequisites, created_at)
            VALUES (:id, :ownerId, :courseId, :waivesPrerequisites, :createdAt)
            """)
    void insert(EnrollmentList list);

    @Query(SELECT + "WHERE id = :id")
    Optional<EnrollmentList> find(UUID id);

    /// Locks the row until the transaction ends.
    @Query(SELECT + "WHERE id = :id FOR UPDATE")
    Optional<EnrollmentList> lock(UUID id);

    default Optional<byte[]> findPart(UUID listId, int number) {
        return Sql.of("SELECT csv FROM enrollment_list_parts WHERE list_id = ? AND number = ?", listId, number)
                .find(row -> row.getBytes(1));
    }

    @Query("INSERT INTO enrollment_list_parts (list_id, number, csv) VALUES (:listId, :number, :csv)")
    void insertPart(UUID listId, int number, byte[] csv);

    /// Writes that a list has one part more.
    @Query("UPDATE enrollment_lists SET part_count = :number, size_bytes = size_bytes + :size WHERE id = :id")
    void grow(UUID id, int number, int size);

    /// The last operation that worked on a list.
    @Query("""
            SELECT operation_id FROM enrollment_list_runs WHERE list_id = :listId ORDER BY operation_id DESC LIMIT 1
            """)
    Optional<UUID> findRun(UUID listId);

    @Query("""
            DELETE FROM enrollment_lists WHERE id IN (
                SELECT id FROM enrollment_lists WHERE created_at < :before ORDER BY created_at LIMIT :limit)
            """)
    int deleteOlder(Instant before, int limit);
}
