package org.aula.kernel.events;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.aula.api.common.v1.EventEnvelope;
import org.aula.kernel.redis.Redis;
import org.aula.kernel.time.Times;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells this process every event of one stream, from some time ago on, in order: for what each replica
/// must know, where a consumer group would tell only one of them. Nothing is recorded, so the listener must
/// mind neither hearing twice nor, after Redis lost its last second, hearing a little late.
public final class BroadcastConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(BroadcastConsumer.class);
    private static final int BATCH = 500;
    private static final Duration WAIT = Duration.ofMillis(1_000);
    private static final String BEGINNING = "0-0";

    /// Hears one event.
    @FunctionalInterface
    public interface Listener {
        void onEvent(EventEnvelope envelope) throws Exception;

        /// Events may have been missed: the reader began, Redis lost the stream, or it was trimmed before it
        /// was read.
        default void onGap() {}
    }

    private final String stream;
    private final String epochKey;
    private final Duration past;
    private final Redis redis;
    private final Clock clock;
    private final Listener listener;
    private final Worker worker;
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private volatile String lastId = "";
    private volatile String epoch = "";

    BroadcastConsumer(String service, String domain, Duration past, Redis redis, Clock clock, Listener listener) {
        this.stream = Streams.key(domain);
        this.epochKey = Streams.epochKey(domain);
        this.past = past;
        this.redis = redis;
        this.clock = clock;
        this.listener = listener;
        this.worker = new Worker(service, "tail<-" + domain, this::run);
    }

    /// Begins to listen.
    ///
    /// @param timeout how long to wait for the past to have been told
    public void start(Duration timeout) {
        worker.start();
        try {
            // Without Redis a service starts all the same and hears the past when it is back.
            var ignored = caughtUp.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Stops listening.
    public void stop() {
        worker.stop();
    }

    private void run() throws Exception {
        try (var connection = redis.connect()) {
            while (!worker.isStopped()) {
                findPlace(connection);
                hear(read(connection, caughtUp.getCount() == 0));
            }
        }
    }

    /// In a stream that was begun anew for another life of the outbox positions mean other events.
    private void findPlace(StatefulRedisConnection<String, byte[]> connection) {
        var found = connection.sync().get(epochKey);
        var now = found == null ? "" : new String(found, StandardCharsets.US_ASCII);
        if (lastId.isEmpty() || !now.equals(epoch)) {
            lastId = begin(connection, clock.instant().minus(past));
            epoch = now;
            listener.onGap();
        }
    }

    private void hear(List<StreamMessage<String, byte[]>> messages) throws Exception {
        // Positions have no gaps.
        if (!messages.isEmpty() && Streams.position(messages.getFirst().getId()) > Streams.position(lastId) + 1) {
            listener.onGap();
        }
        for (var message : messages) {
            var entry = Entry.of(message);
            if (entry.isPresent() && entry.get().envelope() != null) {
                hear(entry.get().envelope());
            } else {
                LOG.error("the entry {} of {} is no event", message.getId(), stream);
            }
            lastId = message.getId();
        }
        if (messages.size() < BATCH) {
            caughtUp.countDown();
        }
    }

    /// Nothing is put aside here: what the listener cannot take, no replica can.
    private void hear(EventEnvelope envelope) throws Exception {
        var failure = Attempts.make(() -> listener.onEvent(envelope));
        if (failure.isPresent()) {
            LOG.error(
                    "gives up {} {}",
                    envelope.getType(),
                    envelope.getEventId(),
                    failure.get().cause());
        }
    }

    /// The entry behind which the listener begins: the last one that is older than this.
    private String begin(StatefulRedisConnection<String, byte[]> connection, Instant since) {
        var before = Range.Boundary.<String>unbounded();
        while (true) {
            var page = connection
                    .sync()
                    .xrevrange(stream, Range.from(Range.Boundary.unbounded(), before), Limit.from(BATCH));
            for (var message : page) {
                if (isOlder(message, since)) {
                    return message.getId();
                }
            }
            if (page.size() < BATCH) {
                return BEGINNING;
            }
            before = Range.Boundary.excluding(page.getLast().getId());
        }
    }

    private static boolean isOlder(StreamMessage<String, byte[]> message, Instant since) {
        return Entry.of(message)
                .map(Entry::envelope)
                .filter(envelope -> Times.instant(envelope.getOccurredAt()).isBefore(since))
                .isPresent();
    }

    private List<StreamMessage<String, byte[]>> read(
            StatefulRedisConnection<String, byte[]> connection, boolean waiting) {
        var args = XReadArgs.Builder.count(BATCH);
        if (waiting) {
            args.block(WAIT);
        }
        @SuppressWarnings("unchecked")
        var offsets = new XReadArgs.StreamOffset[] {XReadArgs.StreamOffset.from(stream, lastId)};
        @SuppressWarnings("unchecked")
        List<StreamMessage<String, byte[]>> messages = connection.sync().xread(args, offsets);
        return messages;
    }
}
