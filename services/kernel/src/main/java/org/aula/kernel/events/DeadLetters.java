package org.aula.kernel.events;

import com.github.f4b6a3.uuid.UuidCreator;
import com.google.protobuf.InvalidProtocolBufferException;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.aula.api.common.v1.EventEnvelope;
import org.aula.kernel.postgres.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Events that kept failing, with their last error, until they are replayed.
@Singleton
public final class DeadLetters {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final int MAX_ERROR = 2_000;

    private record Letter(UUID id, String consumer, byte[] envelope) {}

    private final Transactions transactions;
    private final MeterRegistry metrics;
    private final Collection<EventConsumer> consumers;

    DeadLetters(Transactions transactions, MeterRegistry metrics, Collection<EventConsumer> consumers) {
        this.transactions = transactions;
        this.metrics = metrics;
        this.consumers = consumers;
    }

    /// Puts an event aside.
    void park(String consumer, String stream, EventEnvelope envelope, int attempts, Throwable failure) {
        metrics.counter("events.dead.letters", "group", consumer).increment();
        var error = failure.toString();
        transactions.writeVoid(handle -> handle.createUpdate("""
                        INSERT INTO dead_letters (id, consumer, stream, event_id, type, key, envelope, error, attempts)
                        VALUES (:id, :consumer, :stream, :eventId, :type, :key, :envelope, :error, :attempts)
                        ON CONFLICT (consumer, event_id) DO UPDATE
                        SET error = excluded.error, attempts = dead_letters.attempts + excluded.attempts,
                            failed_at = now(), replayed_at = NULL
                        """)
                .bind("id", UuidCreator.getTimeOrderedEpoch())
                .bind("consumer", consumer)
                .bind("stream", stream)
                .bind("eventId", UUID.fromString(envelope.getEventId()))
                .bind("type", envelope.getType())
                .bind("key", envelope.getKey())
                .bind("envelope", envelope.toByteArray())
                .bind("error", error.substring(0, Math.min(error.length(), MAX_ERROR)))
                .bind("attempts", attempts)
                .execute());
    }

    /// Applies every letter that waits once more, oldest first.
    ///
    /// @return how many had their effect
    public int replay() {
        var letters = transactions.read(handle -> handle.createQuery("""
                        SELECT id, consumer, envelope FROM dead_letters
                        WHERE replayed_at IS NULL ORDER BY failed_at LIMIT 10000
                        """)
                .map((row, context) -> new Letter(
                        row.getObject("id", UUID.class), row.getString("consumer"), row.getBytes("envelope")))
                .list());
        var replayed = 0;
        for (var letter : letters) {
            replayed += replay(letter) ? 1 : 0;
        }
        return replayed;
    }

    private boolean replay(Letter letter) {
        var consumer = consumers.stream()
                .filter(candidate -> candidate.name().equals(letter.consumer()))
                .findFirst();
        if (consumer.isEmpty()) {
            return false;
        }
        var envelope = parse(letter.envelope());
        try {
            transactions.writeVoid(handle -> {
                ConsumerRunner.applyOnce(handle, consumer.get(), envelope);
                handle.createUpdate("UPDATE dead_letters SET replayed_at = now() WHERE id = :id")
                        .bind("id", letter.id())
                        .execute();
            });
            return true;
        } catch (RuntimeException failure) {
            LOG.warn("{} still fails on {}", letter.consumer(), envelope.getEventId(), failure);
            return false;
        }
    }

    /// Letters that wait, by consumer and error, for people.
    public List<String> waiting() {
        return transactions.read(
                handle -> handle.createQuery("""
                        SELECT consumer || ' ' || type || ' ' || event_id || ': ' || error FROM dead_letters
                        WHERE replayed_at IS NULL ORDER BY failed_at LIMIT 100
                        """).mapTo(String.class).list());
    }

    private static EventEnvelope parse(byte[] bytes) {
        try {
            return EventEnvelope.parseFrom(bytes);
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("a kept event does not parse", broken);
        }
    }
}
