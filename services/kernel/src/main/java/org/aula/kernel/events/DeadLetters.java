package org.aula.kernel.events;

import com.github.f4b6a3.uuid.UuidCreator;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import org.aula.api.common.v1.EventEnvelope;
import org.aula.kernel.events.DeadLetterRepository.DeadLetter;
import org.aula.kernel.postgres.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Events that kept failing, and entries of streams that are none, with their last error, until they are
/// replayed.
@Singleton
public final class DeadLetters {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final int MAX_ERROR = 2_000;
    private static final String UNREADABLE = "unreadable";

    private final Database database;
    private final DeadLetterRepository repository;
    private final InboxRepository inbox;
    private final MeterRegistry metrics;
    private final Collection<EventConsumer> consumers;
    private final Collection<BatchConsumer> batchConsumers;

    DeadLetters(
            Database database,
            DeadLetterRepository repository,
            InboxRepository inbox,
            MeterRegistry metrics,
            Collection<EventConsumer> consumers,
            Collection<BatchConsumer> batchConsumers) {
        this.database = database;
        this.repository = repository;
        this.inbox = inbox;
        this.metrics = metrics;
        this.consumers = consumers;
        this.batchConsumers = batchConsumers;
    }

    /// Puts an event aside.
    void park(String consumer, String stream, Entry entry, Attempts.Failure failure) {
        park(consumer, stream, entry, failure.tries(), failure.cause().toString());
    }

    /// Puts aside what is no event.
    void parkUnreadable(String consumer, String stream, Entry entry) {
        LOG.error("{} cannot read the entry {} of {}", consumer, entry.id(), stream);
        park(consumer, stream, entry, 1, "the entry " + entry.id() + " is no event");
    }

    private void park(String consumer, String stream, Entry entry, int tries, String error) {
        metrics.counter("events.dead.letters", "group", consumer).increment();
        var envelope = entry.envelope();
        database.transact(() -> repository.save(
                UuidCreator.getTimeOrderedEpoch(),
                consumer,
                stream,
                entry.eventId(),
                envelope == null ? UNREADABLE : envelope.getType(),
                envelope == null ? "" : text(envelope.getKey()),
                entry.bytes(),
                text(error.substring(0, Math.min(error.length(), MAX_ERROR))),
                tries));
    }

    /// PostgreSQL's text holds no NUL.
    private static String text(String text) {
        return text.replace('\0', ' ');
    }

    /// Applies every letter that waits once more, oldest first.
    ///
    /// @return how many had their effect
    public int replay() {
        var letters = database.query(repository::waiting);
        var replayed = 0;
        for (var letter : letters) {
            replayed += replay(letter) ? 1 : 0;
        }
        return replayed;
    }

    private boolean replay(DeadLetter letter) {
        var envelope = Entry.parse(letter.envelope());
        if (envelope == null) {
            return false;
        }
        try {
            return apply(letter, envelope);
        } catch (Exception failure) {
            LOG.warn("{} still fails on {}", letter.consumer(), envelope.getEventId(), failure);
            return false;
        }
    }

    private boolean apply(DeadLetter letter, EventEnvelope envelope) throws Exception {
        for (var consumer : consumers) {
            if (consumer.name().equals(letter.consumer())) {
                database.transact(() -> {
                    ConsumerRunner.applyOnce(inbox, consumer, envelope);
                    repository.markReplayed(letter.id());
                });
                return true;
            }
        }
        for (var consumer : batchConsumers) {
            if (consumer.name().equals(letter.consumer())) {
                consumer.accept(List.of(envelope));
                database.transact(() -> repository.markReplayed(letter.id()));
                return true;
            }
        }
        return false;
    }

    /// Letters that wait, by consumer and error, for people.
    public List<String> waiting() {
        return database.query(repository::waitingLines);
    }
}
