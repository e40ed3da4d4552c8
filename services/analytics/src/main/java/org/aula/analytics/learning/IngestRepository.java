package org.aula.analytics.learning;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.aula.kernel.postgres.Sql;
import org.aula.kernel.postgres.UuidArray;

/// `ingest_batches`, and which events are in one of them (`inbox`).
@JdbcRepository(dialect = Dialect.POSTGRES)
interface IngestRepository extends GenericRepository<IngestRepository.Row, UUID> {

    /// @param rows a list of JSON objects
    @MappedEntity("ingest_batches")
    record Row(UUID token, String rows) {}

    /// Records events.
    ///
    /// @return the ids of those that were not known
    default Set<UUID> recordNew(Collection<UUID> eventIds) {
        return Set.copyOf(Sql.of("""
                INSERT INTO inbox (consumer, event_id) SELECT ?, unnest(?)
                ON CONFLICT DO NOTHING RETURNING event_id
                """, LearningConsumer.NAME, eventIds.toArray(UUID[]::new))
                .list(row -> row.getObject(1, UUID.class)));
    }

    /// Keeps a batch.
    default void insert(UUID token, List<LearningEvent> events, Instant now) {
        var rows = new JsonArray();
        events.forEach(event -> rows.add(event.toJson()));
        insert(token, events.stream().map(LearningEvent::eventId).toList(), rows.toString(), now);
    }

    @Query("""
            INSERT INTO ingest_batches (token, event_ids, rows, created_at)
            VALUES (:token, :eventIds, CAST(:rows AS jsonb), :now)
            """)
    void insert(UUID token, @UuidArray List<UUID> eventIds, String rows, Instant now);

    /// Batches that ClickHouse may lack, in the order in which they were made.
    default List<IngestBatch> waiting(Instant madeBefore) {
        return rowsWaiting(madeBefore).stream()
                .map(row -> new IngestBatch(row.token(), lines(row.rows())))
                .toList();
    }

    @Query("""
            SELECT token, rows FROM ingest_batches
            WHERE inserted_at IS NULL AND created_at <= :before ORDER BY created_at, token LIMIT 100
            """)
    List<Row> rowsWaiting(Instant before);

    @Query("UPDATE ingest_batches SET inserted_at = :now WHERE token = :token")
    void markInserted(UUID token, Instant now);

    /// Forgets a batch and that its events were ever taken.
    default void forget(UUID token) {
        Sql.of("""
                WITH forgotten AS (DELETE FROM ingest_batches WHERE token = ? RETURNING event_ids)
                DELETE FROM inbox USING forgotten WHERE consumer = ? AND event_id = ANY (event_ids)
                """, token, LearningConsumer.NAME).update();
    }

    @Query("DELETE FROM ingest_batches WHERE inserted_at < :before")
    void deleteInserted(Instant before);

    private static List<String> lines(String json) {
        return JsonParser.parseString(json).getAsJsonArray().asList().stream()
                .map(Object::toString)
                .toList();
    }
}
