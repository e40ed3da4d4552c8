package org.aula.kernel.events;

import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.UUID;

/// Rows of `dead_letters`: events that kept failing, with their last error.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface DeadLetterRepository extends GenericRepository<DeadLetterRepository.DeadLetter, UUID> {

    /// An event that waits to be replayed.
    ///
    /// @param envelope as bytes of the contract's EventEnvelope
    @MappedEntity("dead_letters")
    @SuppressWarnings("ArrayRecordComponent")
    record DeadLetter(UUID id, String consumer, byte[] envelope) {}

    @Query("""
            INSERT INTO dead_letters (id, consumer, stream, event_id, type, key, envelope, error, attempts)
            VALUES (:id, :consumer, :stream, :eventId, :type, :key, :envelope, :error, :attempts)
            ON CONFLICT (consumer, event_id) DO UPDATE
            SET error = excluded.error, attempts = dead_letters.attempts + excluded.attempts,
                failed_at = now(), replayed_at = NULL
            """)
    void save(
            UUID id,
            String consumer,
            String stream,
            UUID eventId,
            String type,
            String key,
            byte[] envelope,
            String error,
            int attempts);

    /// Those that wait, oldest first.
    @Query("""
            SELECT id, consumer, envelope FROM dead_letters
            WHERE replayed_at IS NULL ORDER BY failed_at LIMIT 10000
            """)
    List<DeadLetter> waiting();

    /// Those that wait, each as a line for people.
    @Query("""
            SELECT consumer || ' ' || type || ' ' || event_id || '\\: ' || error FROM dead_letters
            WHERE replayed_at IS NULL ORDER BY failed_at LIMIT 100
            """)
    List<String> waitingLines();

    @Query("UPDATE dead_letters SET replayed_at = now() WHERE id = :id")
    void markReplayed(UUID id);
}
