package org.aula.kernel.events;

import com.github.f4b6a3.uuid.UuidCreator;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.aula.api.common.v1.EventEnvelope;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.postgres.Session;
import org.aula.kernel.settings.Settings;
import org.aula.kernel.time.Times;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes events in the transaction of what they tell, so that both are there or neither. The relay
/// publishes them after the commit, in the order in which they were written.
@Singleton
public final class Outbox {

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private final Settings settings;
    private final Clock clock;
    private final RelaySignal signal;
    private final Collection<CommitListener> listeners;

    Outbox(Settings settings, Clock clock, RelaySignal signal, Collection<CommitListener> listeners) {
        this.settings = settings;
        this.clock = clock;
        this.signal = signal;
        this.listeners = listeners;
    }

    /// Writes an event of this service's own domain when the transaction ends.
    ///
    /// @param event a message that the contract marks as an event
    public void append(Message event) {
        var envelope = envelope(requirePublished(event));
        Session.current()
                .defer(
                        "INSERT INTO outbox (event_id, type, key, envelope) VALUES (?, ?, ?, ?)",
                        UUID.fromString(envelope.getEventId()),
                        envelope.getType(),
                        envelope.getKey(),
                        envelope.toByteArray());
        tellAfterCommit(List.of(event));
    }

    /// Writes many events in their order, in one statement, when the transaction ends.
    ///
    /// @param events messages that the contract marks as events
    public void appendAll(List<? extends Message> events) {
        if (events.isEmpty()) {
            return;
        }
        var envelopes =
                events.stream().map(event -> envelope(requirePublished(event))).toList();
        Session.current()
                .defer(
                        """
                INSERT INTO outbox (event_id, type, key, envelope)
                SELECT CAST(event_id AS uuid), type, key, envelope
                FROM unnest(?, ?, ?, ?) WITH ORDINALITY AS e(event_id, type, key, envelope, ordinal)
                ORDER BY ordinal
                """,
                        map(envelopes, EventEnvelope::getEventId),
                        map(envelopes, EventEnvelope::getType),
                        map(envelopes, EventEnvelope::getKey),
                        envelopes.stream().map(EventEnvelope::toByteArray).toArray(byte[][]::new));
        tellAfterCommit(events);
    }

    private static String[] map(List<EventEnvelope> envelopes, Function<EventEnvelope, String> part) {
        return envelopes.stream().map(part).toArray(String[]::new);
    }

    private void tellAfterCommit(List<? extends Message> events) {
        Session.current().afterCommit(() -> {
            signal.wake();
            tell(events);
        });
    }

    private Message requirePublished(Message event) {
        var type = event.getDescriptorForType();
        var stream = Streams.event(type).getStream();
        if (!stream.isEmpty() && !stream.equals(settings.service())) {
            throw new IllegalArgumentException(settings.service() + " does not publish " + type.getFullName());
        }
        return event;
    }

    private void tell(List<? extends Message> events) {
        for (var listener : listeners) {
            try {
                listener.committedAll(events);
            } catch (RuntimeException failure) {
                LOG.warn(
                        "a listener failed to hear of {}",
                        events.getFirst().getDescriptorForType().getFullName(),
                        failure);
            }
        }
    }

    private EventEnvelope envelope(Message event) {
        var scope = CallScope.current();
        return EventEnvelope.newBuilder()
                .setEventId(UuidCreator.getTimeOrderedEpoch().toString())
                .setType(event.getDescriptorForType().getFullName())
                .setOccurredAt(Times.timestamp(clock.instant()))
                .setActor(scope.caller().key())
                .setKey(Streams.resource(event))
                .setTraceparent(scope.traceparent())
                .setPayload(Any.pack(event))
                .build();
    }
}
