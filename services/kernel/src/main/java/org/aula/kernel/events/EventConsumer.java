package org.aula.kernel.events;

import com.google.protobuf.Message;
import java.util.List;
import org.aula.api.common.v1.EventEnvelope;
import org.jdbi.v3.core.Handle;

/// A listener to events of other domains (or the own). Every bean of this type is run.
///
/// Each event has its effect once: its id is recorded in `inbox` in the transaction of the effect. Events
/// of one key arrive in the order in which they happened. What keeps failing goes to `dead_letters` after
/// five tries and can be replayed (`make replay`); what fails because something is away is tried until it
/// is back.
public interface EventConsumer {

    /// Name of the consumer group, unique in the platform: `<service>.<purpose>`.
    String name();

    /// What it listens to.
    List<Subscription<?>> subscriptions();

    /// Effect of one event. Runs in the transaction that also records the event. Writes to other stores
    /// must be idempotent.
    @FunctionalInterface
    interface Effect<E extends Message> {
        void apply(Handle handle, E event, EventEnvelope envelope) throws Exception;
    }

    /// One event and its effect.
    ///
    /// @param type the event's default instance
    record Subscription<E extends Message>(E type, Effect<E> effect) {

        @SuppressWarnings("unchecked")
        void apply(Handle handle, EventEnvelope envelope) throws Exception {
            effect.apply(handle, (E) envelope.getPayload().unpack(type.getClass()), envelope);
        }
    }
}
