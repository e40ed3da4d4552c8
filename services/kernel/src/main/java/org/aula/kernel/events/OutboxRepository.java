package org.aula.kernel.events;

import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import org.aula.kernel.postgres.Sql;

/// Rows of `outbox` as the relay reads them; [Outbox] writes them.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface OutboxRepository extends GenericRepository<OutboxRepository.PublishedEvent, Long> {

    /// The life of the outbox of `:domain`. Its relay and everybody who listens must compute the same.
    String EPOCH = """
            concat_ws('-',
                (SELECT system_identifier FROM pg_control_system()),
                left(pg_walfile_name(pg_current_wal_insert_lsn()), 8),
                (SELECT oid FROM pg_database WHERE datname = current_database()),
                (SELECT oid FROM pg_class
                 WHERE relname = 'outbox' AND relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = :domain)))
            """;

    /// An event with its place in the stream.
    ///
    /// @param envelope as bytes of the contract's EventEnvelope
    @MappedEntity("outbox")
    @SuppressWarnings("ArrayRecordComponent")
    record PublishedEvent(long position, byte[] envelope) {}

    /// Gives the oldest rows without a position the next ones. Not a declared query: Micronaut Data takes a
    /// WITH that updates for a read.
    default List<PublishedEvent> stamp(int limit) {
        return Sql.of("""
                WITH last AS (SELECT coalesce(max(position), 0) AS position FROM outbox),
                next AS (
                    SELECT id, row_number() OVER (ORDER BY id) AS number
                    FROM (SELECT id FROM outbox WHERE position IS NULL ORDER BY id LIMIT ?) AS oldest
                ),
                stamped AS (
                    UPDATE outbox SET position = last.position + next.number
                    FROM next, last WHERE outbox.id = next.id
                    RETURNING outbox.position, outbox.envelope
                )
                SELECT position, envelope FROM stamped ORDER BY position
                """, limit).list(PublishedEvent.class);
    }

    /// Events behind a position, in order.
    @Query("SELECT position, envelope FROM outbox WHERE position > :after ORDER BY position LIMIT :limit")
    List<PublishedEvent> listAfter(long after, int limit);

    /// Deletes what was written before a time, the oldest first, without leaving a gap; the newest row stays,
    /// since it holds the position.
    ///
    /// @return rows that were deleted, at most the limit
    @Query("""
            DELETE FROM outbox WHERE position < least(
                (SELECT min(position) + :limit FROM outbox),
                (SELECT max(position) FROM outbox),
                coalesce((SELECT max(position) + 1 FROM outbox WHERE created_at < :before), 0))
            """)
    int deleteBefore(Instant before, int limit);

    /// What the outbox holds, and in which life.
    ///
    /// @param epoch changes when the database is another one, or was restored: then it has another system
    ///     identifier, timeline or object id
    /// @param first position of the oldest row; 0 without rows
    /// @param last position of the newest row; 0 without rows
    @MappedEntity("outbox")
    record Extent(String epoch, long first, long last) {}

    @Query("SELECT " + EPOCH + " AS epoch, coalesce(min(position), 0) AS first, coalesce(max(position), 0) AS last"
            + " FROM outbox")
    Extent extent(String domain);

    /// The life of a domain's outbox, as its relay reads it in [#extent]. Catalogs are open to every role.
    @Query("SELECT " + EPOCH)
    String epochOf(String domain);
}
