package org.aula.kernel.events;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.XTrimArgs;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.aula.kernel.postgres.AdvisoryLock;
import org.aula.kernel.postgres.LockConnections;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.redis.Redis;
import org.aula.kernel.settings.Settings;
import org.jdbi.v3.core.Handle;

/// Publishes what the outbox holds to the domain's stream, in the order in which it was written, each event
/// once.
///
/// One relay of a domain works at a time (an advisory lock). It stamps a position without gaps, commits,
/// then appends to the stream with the id `<position>-0`, only behind the position before it: so an event
/// is neither taken twice nor put behind a gap. A Redis that was wiped or lost its last second shows such a
/// gap, at once or when the relay looks every two seconds, and is refilled out of the rows of the last
/// seven days.
@Singleton
public final class Relay {

    private static final int BATCH = 500;
    private static final Duration KEPT = Duration.ofDays(7);
    private static final Duration SWEEP_EVERY = Duration.ofHours(1);
    private static final Duration CHECK_EVERY = Duration.ofSeconds(2);

    /// Appends from position ARGV[1] on what the stream does not have; stops where it would leave a gap,
    /// unless ARGV[2] allows one before the first.
    private static final String APPEND = """
            local newest = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
            local last = 0
            if #newest > 0 then last = tonumber(string.match(newest[1][1], '^(%d+)')) end
            local position = tonumber(ARGV[1])
            if ARGV[2] == 'jump' and last < position - 1 then last = position - 1 end
            for i = 3, #ARGV do
                if position > last + 1 then return last end
                if position == last + 1 then
                    redis.call('XADD', KEYS[1], string.format('%d-0', position), 'envelope', ARGV[i])
                    last = position
                end
                position = position + 1
            end
            return last
            """;

    private static final String SOMETHING_WAITS = "SELECT EXISTS (SELECT 1 FROM outbox WHERE position IS NULL)";

    private record Row(long position, byte[] envelope) {}

    private final String domain;
    private final Transactions transactions;
    private final LockConnections connections;
    private final Redis redis;
    private final RelaySignal signal;
    private final Clock clock;
    private final Worker worker;

    Relay(
            Settings settings,
            Transactions transactions,
            LockConnections connections,
            Redis redis,
            RelaySignal signal,
            Clock clock) {
        this.domain = settings.service();
        this.transactions = transactions;
        this.connections = connections;
        this.redis = redis;
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
            refill();
            publishWhile(lock);
        }
    }

    private void publishWhile(AdvisoryLock lock) throws InterruptedException, SQLException {
        var swept = Instant.EPOCH;
        var checked = clock.instant();
        while (!worker.isStopped()) {
            while (lock.ask(SOMETHING_WAITS) && publishBatch() == BATCH) {
                continue;
            }
            var now = clock.instant();
            if (Duration.between(checked, now).compareTo(CHECK_EVERY) > 0) {
                checked = now;
                refill();
            }
            if (Duration.between(swept, now).compareTo(SWEEP_EVERY) > 0) {
                sweep();
                swept = now;
            }
            signal.await();
        }
    }

    private int publishBatch() {
        var rows = transactions.write(Relay::stamp);
        if (!rows.isEmpty() && append(rows, false) < rows.getLast().position()) {
            refill();
        }
        return rows.size();
    }

    /// Gives the oldest rows without a position the next ones.
    private static List<Row> stamp(Handle handle) {
        return handle.createQuery("""
                        WITH last AS (SELECT coalesce(max(position), 0) AS position FROM outbox),
                        next AS (
                            SELECT id, row_number() OVER (ORDER BY id) AS number
                            FROM (SELECT id FROM outbox WHERE position IS NULL ORDER BY id LIMIT :batch) AS oldest
                        ),
                        stamped AS (
                            UPDATE outbox SET position = last.position + next.number
                            FROM next, last WHERE outbox.id = next.id
                            RETURNING outbox.position, outbox.envelope
                        )
                        SELECT position, envelope FROM stamped ORDER BY position
                        """)
                .bind("batch", BATCH)
                .map((row, context) -> new Row(row.getLong("position"), row.getBytes("envelope")))
                .list();
    }

    /// Appends rows of successive positions, all in one step of Redis.
    ///
    /// @param mayJump whether the stream may lack what comes before the first row, because no row holds it
    ///     any more
    /// @return the stream's last position afterwards; less than the rows' last when the stream had lost
    ///     older ones
    private long append(List<Row> rows, boolean mayJump) {
        var arguments = new ArrayList<byte[]>();
        arguments.add(ascii(Long.toString(rows.getFirst().position())));
        arguments.add(ascii(mayJump ? "jump" : "follow"));
        rows.forEach(row -> arguments.add(row.envelope()));
        return redis.commands()
                .eval(
                        APPEND,
                        ScriptOutputType.INTEGER,
                        new String[] {Streams.key(domain)},
                        arguments.toArray(byte[][]::new));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// Appends what has a position and is not in the stream.
    private void refill() {
        var last = lastPosition();
        List<Row> missing;
        do {
            var from = last;
            missing = transactions.read(handle -> handle.createQuery("""
                            SELECT position, envelope FROM outbox
                            WHERE position > :from ORDER BY position LIMIT :batch
                            """)
                    .bind("from", from)
                    .bind("batch", BATCH)
                    .map((row, context) -> new Row(row.getLong("position"), row.getBytes("envelope")))
                    .list());
            if (!missing.isEmpty()) {
                last = append(missing, true);
            }
        } while (missing.size() == BATCH);
    }

    private long lastPosition() {
        var last = redis.commands().xrevrange(Streams.key(domain), Range.unbounded(), Limit.from(1));
        return last.isEmpty() ? 0 : Streams.position(last.getFirst().getId());
    }

    /// Drops what is older than seven days, in the table and the stream; the newest row stays, since it
    /// holds the position.
    private void sweep() {
        var oldest = transactions.write(handle -> {
            handle.createUpdate("""
                            DELETE FROM outbox
                            WHERE created_at < :before AND position < (SELECT max(position) FROM outbox)
                            """).bind("before", clock.instant().minus(KEPT)).execute();
            return handle.createQuery("SELECT coalesce(min(position), 0) FROM outbox")
                    .mapTo(Long.class)
                    .one();
        });
        redis.commands().xtrim(Streams.key(domain), XTrimArgs.Builder.minId(Streams.id(oldest)));
    }
}
