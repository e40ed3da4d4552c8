package org.aula.kernel.events;

import com.github.f4b6a3.uuid.UuidCreator;
import com.google.protobuf.InvalidProtocolBufferException;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.aula.api.common.v1.EventEnvelope;
import org.aula.kernel.events.DeadLetterRepository.DeadLetter;
import org.aula.kernel.postgres.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Events that kept failing, with their last error, until they are replayed.
@Singleton
public final class DeadLetters {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final int MAX_ERROR = 2_000;

    private final Database database;
    private final DeadLetterRepository repository;
    private final InboxRepository inbox;
    private final MeterRegistry metrics;
    private final Collection<EventConsumer> consumers;

    DeadLetters(
            Database database,
            DeadLetterRepository repository,
            InboxRepository inbox,
            MeterRegistry metrics,
            Collection<EventConsumer> consumers) {
        this.database = database;
        this.repository = repository;
        this.inbox = inbox;
        this.metrics = metrics;
        this.consumers = consumers;
    }

    /// Puts an event aside.
    void park(String consumer, String stream, EventEnvelope envelope, int attempts, Throwable failure) {
        metrics.counter("events.dead.letters", "group", consumer).increment();
        var error = failure.toString();
        database.transact(() -> repository.save(
                UuidCreator.getTimeOrderedEpoch(),
                consumer,
                stream,
                UUID.fromString(envelope.getEventId()),
                envelope.getType(),
                envelope.getKey(),
                envelope.toByteArray(),
                error.substring(0, Math.min(error.length(), MAX_ERROR)),
                attempts));
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
        var consumer = consumers.stream()
                .filter(candidate -> candidate.name().equals(letter.consumer()))
                .findFirst();
        if (consumer.isEmpty()) {
            return false;
        }
        var envelope = parse(letter.envelope());
        try {
            database.transact(() -> {
                ConsumerRunner.applyOnce(inbox, consumer.get(), envelope);
                repository.markReplayed(letter.id());
            });
            return true;
        } catch (RuntimeException failure) {
            LOG.warn("{} still fails on {}", letter.consumer(), envelope.getEventId(), failure);
            return false;
        }
    }

    /// Letters that wait, by consumer and error, for people.
    public List<String> waiting() {
        return database.query(repository::waitingLines);
    }

    private static EventEnvelope parse(byte[] bytes) {
        try {
            return EventEnvelope.parseFrom(bytes);
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("a kept event does not parse", broken);
        }
    }
}
