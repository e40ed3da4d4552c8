package org.aula.kernel.events;

import io.lettuce.core.Consumer;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.aula.kernel.postgres.AdvisoryLock;
import org.aula.kernel.postgres.LockConnections;
import org.aula.kernel.redis.Redis;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads one stream for one group and hands on what comes, first what was handed on before and not
/// acknowledged. One process of a group reads at a time, so that order is kept. A group that is not there,
/// because Redis was wiped or the relay began the stream anew, begins with the stream; the inbox knows what
/// was seen. A stream of another life of the outbox, which a restore leaves behind, is not read until the
/// relay has begun it anew.
///
/// What left the stream before the group had handled it is acknowledged, logged and counted
/// (`events.gone`): nobody waits for it. If the outbox still holds it, the relay sees that the stream lacks
/// it and tells all of it again.
final class StreamReader {

    private static final Logger LOG = LoggerFactory.getLogger(StreamReader.class);
    private static final int BATCH = 500;
    private static final Duration WAIT = Duration.ofMillis(1_000);
    private static final long LAG_EVERY_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long LOCK_EVERY_NANOS = Duration.ofSeconds(1).toNanos();
    private static final String READER = "active";

    /// Takes what was read; when it throws, the same comes again.
    @FunctionalInterface
    interface BatchHandler {
        void handle(List<Entry> entries) throws Exception;
    }

    private final String group;
    private final String domain;
    private final String stream;
    private final String epochKey;
    private final Redis redis;
    private final LockConnections connections;
    private final UnaryOperator<String> epochOf;
    private final BatchHandler handler;
    private final Worker worker;
    private final AtomicLong lag = new AtomicLong();
    private final Counter gone;
    /// The position that comes next; 0 for a group that was given nothing yet.
    private long next;
    private long lagMeasured = System.nanoTime();
    private long lockSeen = System.nanoTime();

    /// @param epochOf the life of a domain's outbox, asked for before each beginning
    StreamReader(
            String service,
            String group,
            String domain,
            Redis redis,
            LockConnections connections,
            UnaryOperator<String> epochOf,
            MeterRegistry metrics,
            BatchHandler handler) {
        this.group = group;
        this.domain = domain;
        this.stream = Streams.key(domain);
        this.epochKey = Streams.epochKey(domain);
        this.epochOf = epochOf;
        this.redis = redis;
        this.connections = connections;
        this.handler = handler;
        this.worker = new Worker(service, group + "<-" + domain, this::run);
        Gauge.builder("events.consumer.lag", lag, AtomicLong::get)
                .description("events that the stream holds and the group has not yet handled")
                .tag("group", group)
                .tag("stream", domain)
                .register(metrics);
        this.gone = Counter.builder("events.gone")
                .description("entries that left the stream before the group had handled them")
                .tag("group", group)
                .tag("stream", domain)
                .register(metrics);
    }

    void start() {
        worker.start();
    }

    void stop() {
        worker.stop();
    }

    private void run() throws Exception {
        try (var lock = AdvisoryLock.tryTake(connections, "consumer " + group + " " + stream)) {
            if (lock == null) {
                Thread.sleep(1_000);
                return;
            }
            try (var connection = redis.connect()) {
                if (isOfAnotherLife(connection)) {
                    Thread.sleep(1_000);
                    return;
                }
                begin(connection);
                readWhile(lock, connection);
            }
        }
    }

    private boolean isOfAnotherLife(StatefulRedisConnection<String, byte[]> connection) {
        var found = connection.sync().get(epochKey);
        if (found == null) {
            return false;
        }
        var filledFrom = Streams.epoch(new String(found, StandardCharsets.US_ASCII));
        if (filledFrom.equals(epochOf.apply(domain))) {
            return false;
        }
        LOG.warn("{} waits: {} was filled before a restore, its relay has not begun it anew", group, stream);
        return true;
    }

    private void readWhile(AdvisoryLock lock, StatefulRedisConnection<String, byte[]> connection) throws Exception {
        for (var pending = read(connection, "0"); !pending.isEmpty(); pending = read(connection, "0")) {
            handle(connection, pending);
        }
        while (!worker.isStopped()) {
            var messages = read(connection, ">");
            if (hasLost(lock)) {
                // Whoever has it now takes them, as they are not acknowledged.
                return;
            }
            tellSkipped(messages);
            handle(connection, messages);
            if (messages.size() < BATCH) {
                measureLag(connection, messages);
            }
        }
    }

    /// Asks once a second, however much comes.
    private boolean hasLost(AdvisoryLock lock) {
        if (System.nanoTime() - lockSeen < LOCK_EVERY_NANOS) {
            return false;
        }
        lockSeen = System.nanoTime();
        return !lock.isHeld();
    }

    private void handle(
            StatefulRedisConnection<String, byte[]> connection, List<StreamMessage<String, byte[]>> messages)
            throws Exception {
        if (messages.isEmpty()) {
            return;
        }
        var entries = messages.stream().map(Entry::of).flatMap(Optional::stream).toList();
        if (!entries.isEmpty()) {
            handler.handle(entries);
        }
        var ids = messages.stream().map(StreamMessage::getId).toArray(String[]::new);
        connection.sync().xack(stream, group, ids);
        tellGone(messages.size() - entries.size(), messages.getFirst().getId());
    }

    /// Positions have no gaps: one between what the group was given last and what it is given now was
    /// trimmed in between.
    private void tellSkipped(List<StreamMessage<String, byte[]>> messages) {
        if (messages.isEmpty()) {
            return;
        }
        var first = Streams.position(messages.getFirst().getId());
        var end = Streams.position(messages.getLast().getId()) + 1;
        tellGone(
                end - (next == 0 ? first : next) - messages.size(),
                messages.getFirst().getId());
        next = end;
    }

    private void tellGone(long count, String at) {
        if (count > 0) {
            LOG.error("{} entries of {} were gone before {} had handled them, near {}", count, stream, group, at);
            gone.increment(count);
        }
    }

    private List<StreamMessage<String, byte[]>> read(StatefulRedisConnection<String, byte[]> connection, String from) {
        var args = XReadArgs.Builder.count(BATCH);
        if (from.equals(">")) {
            args.block(WAIT);
        }
        @SuppressWarnings("unchecked")
        var offsets = new XReadArgs.StreamOffset[] {XReadArgs.StreamOffset.from(stream, from)};
        try {
            @SuppressWarnings("unchecked")
            List<StreamMessage<String, byte[]>> messages =
                    connection.sync().xreadgroup(Consumer.from(group, READER), args, offsets);
            return messages;
        } catch (RedisCommandExecutionException refused) {
            if (!says(refused, "NOGROUP") && !says(refused, "UNBLOCKED")) {
                throw refused;
            }
            LOG.info("{} begins again with {}", group, stream);
            begin(connection);
            return List.of();
        }
    }

    /// Makes the group, or finds the place that it has.
    private void begin(StatefulRedisConnection<String, byte[]> connection) {
        try {
            connection
                    .sync()
                    .xgroupCreate(XReadArgs.StreamOffset.from(stream, "0"), group, XGroupCreateArgs.Builder.mkstream());
            next = 0;
        } catch (RedisCommandExecutionException refused) {
            if (!says(refused, "BUSYGROUP")) {
                throw refused;
            }
            var given = lastGiven(connection.sync().xinfoGroups(stream));
            next = given == 0 ? 0 : given + 1;
        }
    }

    private static boolean says(RedisCommandExecutionException refused, String code) {
        return refused.getMessage() != null && refused.getMessage().startsWith(code);
    }

    /// The position of the entry that the group was given last, 0 when none: Redis answers a list of names
    /// and values for each group.
    private long lastGiven(List<Object> groups) {
        for (var answer : groups) {
            var fields = new HashMap<String, Object>();
            for (var pair = ((List<?>) answer).iterator(); pair.hasNext(); ) {
                fields.put(text(pair.next()), pair.next());
            }
            if (group.equals(text(fields.get("name")))) {
                return Streams.position(text(fields.get("last-delivered-id")));
            }
        }
        return 0;
    }

    private static String text(@Nullable Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(value);
    }

    private void measureLag(
            StatefulRedisConnection<String, byte[]> connection, List<StreamMessage<String, byte[]>> handled) {
        if (handled.isEmpty()) {
            lag.set(0);
            return;
        }
        if (System.nanoTime() - lagMeasured < LAG_EVERY_NANOS) {
            return;
        }
        lagMeasured = System.nanoTime();
        var newest = connection.sync().xrevrange(stream, Range.unbounded(), Limit.from(1));
        lag.set(
                newest.isEmpty()
                        ? 0
                        : Streams.position(newest.getFirst().getId())
                                - Streams.position(handled.getLast().getId()));
    }
}
