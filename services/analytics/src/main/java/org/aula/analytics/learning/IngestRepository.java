package org.aula.analytics.learning;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.aula.kernel.postgres.Handles;

/// `ingest_batches`, and which events are in one of them (`inbox`).
@Singleton
final class IngestRepository {

    /// Records events.
    ///
    /// @return the ids of those that were not known
    Set<UUID> recordNew(Collection<UUID> eventIds) {
        return Handles.current().createQuery("""
                        INSERT INTO inbox (consumer, event_id) SELECT :consumer, unnest(:eventIds)
                        ON CONFLICT DO NOTHING RETURNING event_id
                        """)
                .bind("consumer", LearningConsumer.NAME)
                .bindArray("eventIds", UUID.class, eventIds)
                .mapTo(UUID.class)
                .collect(java.util.stream.Collectors.toSet());
    }

    void insert(UUID token, List<LearningEvent> events, Instant now) {
        var rows = new JsonArray();
        events.forEach(event -> rows.add(event.toJson()));
        Handles.current().createUpdate("""
                        INSERT INTO ingest_batches (token, event_ids, rows, created_at)
                        VALUES (:token, :eventIds, CAST(:rows AS jsonb), :now)
                        """)
                .bind("token", token)
                .bindArray(
                        "eventIds",
                        UUID.class,
                        events.stream().map(event -> event.eventId()).toList())
                .bind("rows", rows.toString())
                .bind("now", now)
                .execute();
    }

    /// Batches that ClickHouse may lack, in the order in which they were made.
    List<IngestBatch> waiting(Instant madeBefore) {
        return Handles.current().createQuery("""
                        SELECT token, rows FROM ingest_batches
                        WHERE inserted_at IS NULL AND created_at <= :before ORDER BY created_at, token LIMIT 100
                        """)
                .bind("before", madeBefore)
                .map((row, context) ->
                        new IngestBatch(row.getObject("token", UUID.class), lines(row.getString("rows"))))
                .list();
    }

    void markInserted(UUID token, Instant now) {
        Handles.current().createUpdate("UPDATE ingest_batches SET inserted_at = :now WHERE token = :token")
                .bind("token", token)
                .bind("now", now)
                .execute();
    }

    void deleteInserted(Instant before) {
        Handles.current().createUpdate("DELETE FROM ingest_batches WHERE inserted_at < :before")
                .bind("before", before)
                .execute();
    }

    private static List<String> lines(String json) {
        return JsonParser.parseString(json).getAsJsonArray().asList().stream()
                .map(Object::toString)
                .toList();
    }
}
