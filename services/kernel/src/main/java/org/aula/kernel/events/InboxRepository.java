package org.aula.kernel.events;

import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.UUID;

/// Rows of `inbox`: which events each consumer has seen, in the transaction of its effect.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface InboxRepository extends GenericRepository<InboxRepository.ReceivedEvent, UUID> {

    /// An event that a consumer has seen.
    @MappedEntity("inbox")
    record ReceivedEvent(String consumer, UUID eventId) {}

    /// Records an event.
    ///
    /// @return 0 when it was there already, and so had its effect
    @Query("INSERT INTO inbox (consumer, event_id) VALUES (:consumer, :eventId) ON CONFLICT DO NOTHING")
    int insert(String consumer, UUID eventId);
}
