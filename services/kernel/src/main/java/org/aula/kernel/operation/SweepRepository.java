package org.aula.kernel.operation;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.UUID;

/// Deletes what the technical tables no longer need.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface SweepRepository extends GenericRepository<OperationRow, UUID> {

    /// @return rows that were deleted, at most the limit
    @Query("""
            DELETE FROM inbox WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM inbox WHERE received_at < :before LIMIT :limit))
            """)
    int deleteInboxBefore(Instant before, int limit);

    /// @return rows that were deleted, at most the limit
    @Query("""
            DELETE FROM idempotency_keys WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM idempotency_keys WHERE created_at < :before LIMIT :limit))
            """)
    int deleteKeysBefore(Instant before, int limit);

    /// Closes letters whose event was processed after all: the inbox forgets it one day, and a replay would
    /// process it again then.
    @Query("""
            UPDATE dead_letters AS letter SET replayed_at = now() FROM inbox
            WHERE letter.replayed_at IS NULL
            AND inbox.consumer = letter.consumer AND inbox.event_id = letter.event_id
            """)
    void closeProcessedLetters();
}
