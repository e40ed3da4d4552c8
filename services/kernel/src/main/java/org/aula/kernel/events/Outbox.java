package org.aula.kernel.events;

import com.github.f4b6a3.uuid.UuidCreator;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Collection;
import java.util.UUID;
import org.aula.api.common.v1.EventEnvelope;
import org.aula.kernel.identity.CallScope;
import org.aula.kernel.service.Settings;
import org.aula.kernel.time.Times;
import org.jdbi.v3.core.Handle;
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

    /// Writes an event of this service's own domain.
    ///
    /// @param handle the transaction of the change that the event tells of
    /// @param event a message that the contract marks as an event
    public void append(Handle handle, Message event) {
        var type = event.getDescriptorForType();
        var stream = Streams.event(type).getStream();
        if (!stream.isEmpty() && !stream.equals(settings.service())) {
            throw new IllegalArgumentException(settings.service() + " does not publish " + type.getFullName());
        }
        var eventId = UuidCreator.getTimeOrderedEpoch();
        var envelope = envelope(eventId, event);
        handle.createUpdate("""
                        INSERT INTO outbox (event_id, type, key, envelope)
                        VALUES (:eventId, :type, :key, :envelope)
                        """)
                .bind("eventId", eventId)
                .bind("type", envelope.getType())
                .bind("key", envelope.getKey())
                .bind("envelope", envelope.toByteArray())
                .execute();
        handle.afterCommit(() -> {
            signal.wake();
            tell(event);
        });
    }

    private void tell(Message event) {
        for (var listener : listeners) {
            try {
                listener.committed(event);
            } catch (RuntimeException failure) {
                LOG.warn(
                        "a listener failed to hear of {}",
                        event.getDescriptorForType().getFullName(),
                        failure);
            }
        }
    }

    private EventEnvelope envelope(UUID eventId, Message event) {
        var scope = CallScope.current();
        return EventEnvelope.newBuilder()
                .setEventId(eventId.toString())
                .setType(event.getDescriptorForType().getFullName())
                .setOccurredAt(Times.timestamp(clock.instant()))
                .setActor(scope.caller().key())
                .setKey(Streams.resource(event))
                .setTraceparent(scope.traceparent())
                .setPayload(Any.pack(event))
                .build();
    }
}
