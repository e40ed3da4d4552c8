package org.aula.kernel.events;

import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.aula.api.common.v1.EventEnvelope;
import org.aula.kernel.postgres.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives each event to one consumer once, and puts aside what keeps failing or is no event.
final class ConsumerRunner {

    private static final Logger LOG = LoggerFactory.getLogger(ConsumerRunner.class);

    private final EventConsumer consumer;
    private final String domain;
    private final Database database;
    private final InboxRepository inbox;
    private final DeadLetters deadLetters;

    ConsumerRunner(
            EventConsumer consumer, String domain, Database database, InboxRepository inbox, DeadLetters deadLetters) {
        this.consumer = consumer;
        this.domain = domain;
        this.database = database;
        this.inbox = inbox;
        this.deadLetters = deadLetters;
    }

    void handle(List<Entry> entries) throws Exception {
        for (var entry : entries) {
            if (entry.envelope() == null) {
                deadLetters.parkUnreadable(consumer.name(), domain, entry);
            } else {
                handle(entry, entry.envelope());
            }
        }
    }

    private void handle(Entry entry, EventEnvelope envelope) throws Exception {
        var wanted = consumer.subscriptions().stream().filter(wants(envelope)).findFirst();
        if (wanted.isEmpty()) {
            return;
        }
        var failure = Attempts.make(() -> database.transact(() -> applyOnce(inbox, consumer, envelope)));
        if (failure.isPresent()) {
            LOG.error(
                    "{} gives up {} {}",
                    consumer.name(),
                    envelope.getType(),
                    envelope.getEventId(),
                    failure.get().cause());
            giveUp(entry, envelope, wanted.get(), failure.get());
        }
    }

    private void giveUp(
            Entry entry, EventEnvelope envelope, EventConsumer.Subscription<?> subscription, Attempts.Failure failure)
            throws Exception {
        if (subscription.compensation() == null) {
            deadLetters.park(consumer.name(), domain, entry, failure);
            return;
        }
        var worse = Attempts.make(() -> database.transact(() -> compensateOnce(subscription, envelope)));
        if (worse.isPresent()) {
            failure.cause().addSuppressed(worse.get().cause());
            deadLetters.park(consumer.name(), domain, entry, failure);
        }
    }

    private void compensateOnce(EventConsumer.Subscription<?> subscription, EventEnvelope envelope) {
        if (inbox.insert(consumer.name(), UUID.fromString(envelope.getEventId())) == 1) {
            unchecked(() -> subscription.compensate(envelope));
        }
    }

    /// Records the event and, if it is new, applies its effect, both in one transaction.
    static void applyOnce(InboxRepository inbox, EventConsumer consumer, EventEnvelope envelope) {
        if (inbox.insert(consumer.name(), UUID.fromString(envelope.getEventId())) == 0) {
            return;
        }
        for (var subscription : consumer.subscriptions()) {
            if (wants(envelope).test(subscription)) {
                unchecked(() -> subscription.apply(envelope));
            }
        }
    }

    private static void unchecked(Attempts.Step step) {
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
}
