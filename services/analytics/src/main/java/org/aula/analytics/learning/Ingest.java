package org.aula.analytics.learning;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.aula.analytics.clickhouse.ClickHouseStore;
import org.aula.analytics.clickhouse.RefusedException;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.settings.Retention;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings events into ClickHouse, each once, whatever crashes in between. First a batch is recorded in
/// PostgreSQL together with the ids of its events; then it is inserted with its token; then it is marked as
/// inserted. A batch that was not marked is inserted again with the same token, which ClickHouse passes
/// over if it has it.
///
/// A batch that ClickHouse refuses for good is forgotten together with its events' ids, so that it holds up
/// no other. Its events were not acknowledged: the kernel gives them again in smaller batches, and puts
/// aside the one that is refused alone.
@Singleton
final class Ingest {

    private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);
    private static final String TABLE = "learning_events";
    /// ClickHouse's `max_partitions_per_insert_block`; a partition is a month.
    private static final int MAX_MONTHS = 100;

    private final IngestRepository batches;
    private final ClickHouseStore clickHouse;
    private final Database database;
    private final Retention retention;
    private final Clock clock;

    Ingest(IngestRepository batches, ClickHouseStore clickHouse, Database database, Retention retention, Clock clock) {
        this.batches = batches;
        this.clickHouse = clickHouse;
        this.database = database;
        this.retention = retention;
        this.clock = clock;
    }

    /// Takes events, of which some may have been taken before.
    void accept(List<LearningEvent> events) {
        finishWaiting(clock.instant());
        record(events).forEach(this::finish);
    }

    /// Inserts what was recorded by this moment and not marked, the oldest first: otherwise newer batches
    /// could push its token out of what ClickHouse remembers.
    void finishWaiting(Instant madeBefore) {
        List<IngestBatch> waiting;
        do {
            waiting = database.query(() -> batches.waiting(madeBefore));
            for (var batch : waiting) {
                try {
                    finish(batch);
                } catch (RefusedException refused) {
                    LOG.error("ClickHouse refused the batch {}; its events come again", batch.token(), refused);
                }
            }
        } while (!waiting.isEmpty());
    }

    /// The first step: batches of those events that are new.
    List<IngestBatch> record(List<LearningEvent> events) {
        var byId = new LinkedHashMap<UUID, LearningEvent>();
        events.forEach(event -> byId.putIfAbsent(event.eventId(), event));
        return database.transact(() -> {
            byId.keySet().retainAll(batches.recordNew(List.copyOf(byId.keySet())));
            var recorded = new ArrayList<IngestBatch>();
            for (var part : split(byId.values())) {
                var token = UuidCreator.getTimeOrderedEpoch();
                batches.insert(token, part, clock.instant());
                recorded.add(new IngestBatch(
                        token,
                        part.stream().map(event -> event.toJson().toString()).toList()));
            }
            return recorded;
        });
    }

    /// In their order, into parts of so many months as one insert may lie in.
    private static List<List<LearningEvent>> split(Collection<LearningEvent> events) {
        var parts = new ArrayList<List<LearningEvent>>();
        var months = new HashSet<YearMonth>();
        for (var event : events) {
            months.add(event.month());
            if (parts.isEmpty() || months.size() > MAX_MONTHS) {
                months.clear();
                months.add(event.month());
                parts.add(new ArrayList<>());
            }
            parts.getLast().add(event);
        }
        return parts;
    }

    /// The second step.
    void insert(IngestBatch batch) {
        clickHouse.insertOnce(TABLE, batch.token(), batch.lines());
    }

    /// Forgets batches as old as what the inbox forgets: their events do not come again.
    void sweep() {
        database.transact(() -> batches.deleteInserted(clock.instant().minus(retention.inboxKept())));
    }

    private void finish(IngestBatch batch) {
        try {
            insert(batch);
        } catch (RefusedException refused) {
            database.transact(() -> batches.forget(batch.token()));
            throw refused;
        }
        database.transact(() -> batches.markInserted(batch.token(), clock.instant()));
    }
}
