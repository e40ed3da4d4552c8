package org.aula.kernel.events;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.aula.kernel.events.OutboxRepository.Extent;
import org.aula.kernel.events.OutboxRepository.PublishedEvent;
import org.aula.kernel.events.PublishedStream.State;
import org.aula.kernel.postgres.AdvisoryLock;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.postgres.LockConnections;
import org.aula.kernel.redis.Redis;
import org.aula.kernel.settings.Retention;
import org.aula.kernel.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Publishes what the outbox holds to the domain's stream, in the order in which it was written, each event
/// once.
///
/// One relay of a domain works at a time (an advisory lock). It stamps a position without gaps, commits,
/// then appends to the stream with the id `<position>-0`, only behind the position before it: so an event
/// is neither taken twice nor put behind a gap. A Redis that was wiped or lost its last second shows such a
/// gap, at once or when the relay looks every two seconds, and is refilled out of the rows that are
/// kept.
///
/// A stream that cannot be mended by appending begins anew, and every group with it; the inbox knows what
/// was seen. That is one which lacks rows at its beginning, because somebody trimmed it, and one of another
/// life: a PostgreSQL that was restored gives positions again that the stream has, see decision 027.
@Singleton
public final class Relay {

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final int BATCH = 500;
    private static final Duration SWEEP_EVERY = Duration.ofHours(1);
    private static final Duration CHECK_EVERY = Duration.ofSeconds(2);

    private static final String SOMETHING_WAITS = "SELECT EXISTS (SELECT 1 FROM outbox WHERE position IS NULL)";

    private final String domain;
    private final Retention retention;
    private final Database database;
    private final OutboxRepository outbox;
    private final LockConnections connections;
    private final PublishedStream stream;
    private final RelaySignal signal;
    private final Clock clock;
    private final Worker worker;

    Relay(
            Settings settings,
            Retention retention,
            Database database,
            OutboxRepository outbox,
            LockConnections connections,
            Redis redis,
            RelaySignal signal,
            Clock clock) {
        this.domain = settings.service();
        this.retention = retention;
        this.database = database;
        this.outbox = outbox;
        this.connections = connections;
        this.stream = new PublishedStream(domain, redis);
        this.signal = signal;
        this.clock = clock;
        this.worker = new Worker(domain, "relay-" + domain, this::run);
    }

    /// Begins to publish, in a thread of its own.
    public void start() {
        worker.start();
    }

    /// Stops after the batch in hand.
    public void stop() {
        worker.stop();
    }

    private void run() throws Exception {
        try (var lock = AdvisoryLock.tryTake(connections, "relay " + domain)) {
            if (lock == null) {
                Thread.sleep(1_000);
                return;
            }
            // Before anything is told again: the inbox knows hardly more than what is kept.
            deleteOld();
            mend();
            publishWhile(lock);
        }
    }

    private void publishWhile(AdvisoryLock lock) throws InterruptedException, SQLException {
        var checked = clock.instant();
        // Not at once: listeners that stood still with the relay find the stream as they left it.
        var swept = checked;
        while (!worker.isStopped()) {
            while (lock.ask(SOMETHING_WAITS) && publishBatch() == BATCH) {
                continue;
            }
            var now = clock.instant();
            if (Duration.between(checked, now).compareTo(CHECK_EVERY) > 0) {
                checked = now;
                mend();
            }
            if (Duration.between(swept, now).compareTo(SWEEP_EVERY) > 0) {
                sweep();
                swept = now;
            }
            signal.await();
        }
    }

    private int publishBatch() {
        var rows = database.transact(() -> outbox.stamp(BATCH));
        if (!rows.isEmpty() && stream.append(rows, false) != rows.getLast().position()) {
            mend();
        }
        return rows.size();
    }

    /// Brings the stream to what the outbox holds.
    private void mend() {
        var rows = database.query(() -> outbox.extent(domain));
        var state = stream.state();
        if (isOfAnotherLife(state, rows) || lacksItsBeginning(state, rows)) {
            if (state.last() > 0) {
                LOG.warn("the stream of {} begins anew: it is {}, the outbox {}", domain, state, rows);
            }
            stream.renew(rows.epoch());
            refill(0);
        } else {
            refill(state.last());
        }
    }

    private static boolean isOfAnotherLife(State stream, Extent rows) {
        return !stream.epoch().equals(rows.epoch()) || stream.last() > rows.last();
    }

    private static boolean lacksItsBeginning(State stream, Extent rows) {
        return stream.first() == 0 ? stream.last() >= rows.first() && stream.last() > 0 : stream.first() > rows.first();
    }

    /// Appends what has a position and is not in the stream.
    private void refill(long from) {
        var last = from;
        List<PublishedEvent> missing;
        do {
            var behind = last;
            missing = database.query(() -> outbox.listAfter(behind, BATCH));
            if (!missing.isEmpty()) {
                last = stream.append(missing, true);
            }
        } while (missing.size() == BATCH);
    }

    /// Drops what is older than the outbox keeps, in the table and the stream.
    void sweep() {
        deleteOld();
        stream.trim(database.query(() -> outbox.extent(domain)).first());
    }

    private void deleteOld() {
        var end = clock.instant().minus(retention.outboxKept());
        database.sweep(limit -> outbox.deleteBefore(end, limit));
    }
}
