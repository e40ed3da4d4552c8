package org.aula.kernel.events;

import com.google.protobuf.InvalidProtocolBufferException;
import io.lettuce.core.StreamMessage;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.aula.api.common.v1.EventEnvelope;
import org.aula.kernel.error.ErrorMapping;
import org.aula.kernel.postgres.Transactions;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives each event to one consumer once, and puts aside what keeps failing.
final class ConsumerRunner {

    private static final Logger LOG = LoggerFactory.getLogger(ConsumerRunner.class);
    private static final int TRIES = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    private final EventConsumer consumer;
    private final String domain;
    private final Transactions transactions;
    private final DeadLetters deadLetters;

    ConsumerRunner(EventConsumer consumer, String domain, Transactions transactions, DeadLetters deadLetters) {
        this.consumer = consumer;
        this.domain = domain;
        this.transactions = transactions;
        this.deadLetters = deadLetters;
    }

    void handle(List<StreamMessage<String, byte[]>> messages) throws Exception {
        for (var message : messages) {
            handle(envelope(message));
        }
    }

    private void handle(EventEnvelope envelope) throws Exception {
        if (consumer.subscriptions().stream().noneMatch(wants(envelope))) {
            return;
        }
        var pause = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            try {
                transactions.writeVoid(handle -> applyOnce(handle, consumer, envelope));
                return;
            } catch (RuntimeException failure) {
                if (ErrorMapping.isPassing(failure)) {
                    throw failure;
                }
                if (attempt == TRIES) {
                    LOG.error("{} gives up {} {}", consumer.name(), envelope.getType(), envelope.getEventId(), failure);
                    giveUp(envelope, failure);
                    return;
                }
            }
            Thread.sleep(pause);
            pause = pause.multipliedBy(2);
        }
    }

    private void giveUp(EventEnvelope envelope, RuntimeException failure) {
        var subscription = consumer.subscriptions().stream()
                .filter(wants(envelope))
                .findFirst()
                .orElseThrow();
        if (subscription.compensation() == null) {
            deadLetters.park(consumer.name(), domain, envelope, TRIES, failure);
            return;
        }
        try {
            transactions.writeVoid(handle -> compensateOnce(handle, subscription, envelope));
        } catch (RuntimeException worse) {
            if (ErrorMapping.isPassing(worse)) {
                throw worse;
            }
            failure.addSuppressed(worse);
            deadLetters.park(consumer.name(), domain, envelope, TRIES, failure);
        }
    }

    private void compensateOnce(Handle handle, EventConsumer.Subscription<?> subscription, EventEnvelope envelope) {
        if (Inbox.record(handle, consumer.name(), UUID.fromString(envelope.getEventId()))) {
            unchecked(() -> subscription.compensate(handle, envelope));
        }
    }

    /// Records the event and, if it is new, applies its effect, both in one transaction.
    static void applyOnce(Handle handle, EventConsumer consumer, EventEnvelope envelope) {
        if (!Inbox.record(handle, consumer.name(), UUID.fromString(envelope.getEventId()))) {
            return;
        }
        for (var subscription : consumer.subscriptions()) {
            if (wants(envelope).test(subscription)) {
                unchecked(() -> subscription.apply(handle, envelope));
            }
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    private static void unchecked(Step step) {
        try {
            step.run();
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Predicate<EventConsumer.Subscription<?>> wants(EventEnvelope envelope) {
        return subscription ->
                subscription.type().getDescriptorForType().getFullName().equals(envelope.getType());
    }

    static EventEnvelope envelope(StreamMessage<String, byte[]> message) {
        try {
            return EventEnvelope.parseFrom(message.getBody().get(Streams.ENVELOPE));
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("entry " + message.getId() + " does not parse", broken);
        }
    }
}
