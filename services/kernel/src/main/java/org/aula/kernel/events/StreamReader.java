package org.aula.kernel.events;

import io.lettuce.core.Consumer;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisBusyException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.aula.kernel.postgres.AdvisoryLock;
import org.aula.kernel.postgres.LockConnections;
import org.aula.kernel.redis.Redis;

/// Reads one stream for one group and hands on what comes, first what was handed on before and not
/// acknowledged. One process of a group reads at a time, so that order is kept. A group that a wiped Redis
/// has forgotten begins again; the inbox knows what was seen.
final class StreamReader {

    private static final int BATCH = 500;
    private static final Duration WAIT = Duration.ofMillis(1_000);
    private static final long LAG_EVERY_NANOS = Duration.ofSeconds(1).toNanos();
    private static final String READER = "active";

    /// Takes what was read; when it throws, the same comes again.
    @FunctionalInterface
    interface BatchHandler {
        void handle(List<StreamMessage<String, byte[]>> messages) throws Exception;
    }

    private final String group;
    private final String stream;
    private final Redis redis;
    private final LockConnections connections;
    private final BatchHandler handler;
    private final Worker worker;
    private final AtomicLong lag = new AtomicLong();
    private long lagMeasured = System.nanoTime();

    StreamReader(
            String service,
            String group,
            String domain,
            Redis redis,
            LockConnections connections,
            MeterRegistry metrics,
            BatchHandler handler) {
        this.group = group;
        this.stream = Streams.key(domain);
        this.redis = redis;
        this.connections = connections;
        this.handler = handler;
        this.worker = new Worker(service, group + "<-" + domain, this::run);
        Gauge.builder("events.consumer.lag", lag, AtomicLong::get)
                .description("events that the stream holds and the group has not yet handled")
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
                createGroup(connection);
                readWhile(lock, connection);
            }
        }
    }

    private void readWhile(AdvisoryLock lock, StatefulRedisConnection<String, byte[]> connection) throws Exception {
        handle(connection, read(connection, "0"));
        while (!worker.isStopped()) {
            var messages = read(connection, ">");
            handle(connection, messages);
            if (messages.size() < BATCH) {
                measureLag(connection, messages);
                if (messages.isEmpty() && !lock.isHeld()) {
                    return;
                }
            }
        }
    }

    private void handle(
            StatefulRedisConnection<String, byte[]> connection, List<StreamMessage<String, byte[]>> messages)
            throws Exception {
        if (messages.isEmpty()) {
            return;
        }
        handler.handle(messages);
        var ids = messages.stream().map(StreamMessage::getId).toArray(String[]::new);
        connection.sync().xack(stream, group, ids);
    }

    private List<StreamMessage<String, byte[]>> read(StatefulRedisConnection<String, byte[]> connection, String from) {
        var args = XReadArgs.Builder.count(BATCH);
        if (from.equals(">")) {
            args.block(WAIT);
        }
        @SuppressWarnings("unchecked")
        var offsets = new XReadArgs.StreamOffset[] {XReadArgs.StreamOffset.from(stream, from)};
        @SuppressWarnings("unchecked")
        List<StreamMessage<String, byte[]>> messages =
                connection.sync().xreadgroup(Consumer.from(group, READER), args, offsets);
        return messages;
    }

    private void createGroup(StatefulRedisConnection<String, byte[]> connection) {
        try {
            connection
                    .sync()
                    .xgroupCreate(XReadArgs.StreamOffset.from(stream, "0"), group, XGroupCreateArgs.Builder.mkstream());
        } catch (RedisBusyException there) {
            // The group is there from before.
        } catch (RedisCommandExecutionException refused) {
            if (refused.getMessage() == null || !refused.getMessage().startsWith("BUSYGROUP")) {
                throw refused;
            }
        }
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
