package org.aula.analytics.learning;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.analytics.clickhouse.ClickHouseStore;
import org.aula.kernel.postgres.Database;

/// Brings events into ClickHouse, each once, whatever crashes in between. First a batch is recorded in
/// PostgreSQL together with the ids of its events; then it is inserted with its token; then it is marked as
/// inserted. A batch that was not marked is inserted again with the same token, which ClickHouse passes
/// over if it has it.
@Singleton
final class Ingest {

    private static final String TABLE = "learning_events";
    private static final Duration KEPT = Duration.ofDays(8);

    private final IngestRepository batches;
    private final ClickHouseStore clickHouse;
    private final Database database;
    private final Clock clock;

    Ingest(IngestRepository batches, ClickHouseStore clickHouse, Database database, Clock clock) {
        this.batches = batches;
        this.clickHouse = clickHouse;
        this.database = database;
        this.clock = clock;
    }

    /// Takes events, of which some may have been taken before.
    void accept(List<LearningEvent> events) {
        finishWaiting(clock.instant());
        record(events).ifPresent(this::finish);
    }

    /// Inserts what was recorded by this moment and not marked, the oldest first: otherwise newer batches
    /// could push its token out of what ClickHouse remembers.
    void finishWaiting(Instant madeBefore) {
        List<IngestBatch> waiting;
        do {
            waiting = database.query(() -> batches.waiting(madeBefore));
            waiting.forEach(this::finish);
        } while (!waiting.isEmpty());
    }

    /// The first step: a batch of those events that are new, or empty when none is.
    Optional<IngestBatch> record(List<LearningEvent> events) {
        var byId = new LinkedHashMap<UUID, LearningEvent>();
        events.forEach(event -> byId.putIfAbsent(event.eventId(), event));
        return database.transact(() -> {
            byId.keySet().retainAll(batches.recordNew(List.copyOf(byId.keySet())));
            if (byId.isEmpty()) {
                return Optional.empty();
            }
            var fresh = List.copyOf(byId.values());
            var token = UuidCreator.getTimeOrderedEpoch();
            batches.insert(token, fresh, clock.instant());
            return Optional.of(new IngestBatch(
                    token,
                    fresh.stream().map(event -> event.toJson().toString()).toList()));
        });
    }

    /// The second step.
    void insert(IngestBatch batch) {
        clickHouse.insertOnce(TABLE, batch.token(), batch.lines());
    }

    /// Forgets batches as old as what the inbox forgets: their events do not come again.
    void sweep() {
        database.transact(() -> batches.deleteInserted(clock.instant().minus(KEPT)));
    }

    private void finish(IngestBatch batch) {
        insert(batch);
        database.transact(() -> batches.markInserted(batch.token(), clock.instant()));
    }
}
