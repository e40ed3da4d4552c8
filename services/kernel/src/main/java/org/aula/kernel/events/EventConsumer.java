package org.aula.kernel.events;

import com.google.protobuf.Message;
import java.util.List;
import java.util.Set;
import org.aula.api.common.v1.EventEnvelope;
import org.jspecify.annotations.Nullable;

/// A listener to events of other domains (or the own). Every bean of this type is run.
///
/// Each event has its effect once: its id is recorded in `inbox` in the transaction of the effect. Events
/// of one key arrive in the order in which they happened. What keeps failing is compensated after five
/// tries where the subscription says how, else it goes to `dead_letters` and can be replayed (`make
/// replay`); what fails because something is unavailable is tried until it is back.
public interface EventConsumer {

    /// Name of the consumer group, unique in the platform: `<service>.<purpose>`.
    String name();

    /// What it listens to.
    List<Subscription<?>> subscriptions();

    /// Effect of one event. Runs in the transaction that also records the event. Writes to other stores
    /// must be idempotent.
    @FunctionalInterface
    interface Effect<E extends Message> {
        void apply(E event, EventEnvelope envelope) throws Exception;
    }

    /// The domains whose streams it reads: those of its events, unless some of these may come from any
    /// domain.
    default Set<String> domains() {
        return Streams.domains(subscriptions().stream().map(Subscription::type).toList());
    }

    /// One event and its effect.
    ///
    /// @param type the event's default instance
    /// @param compensation what happens, in a transaction of its own that records the event, when the
    ///     effect has failed for good; null puts the event aside
    record Subscription<E extends Message>(
            E type, Effect<E> effect, @Nullable Effect<E> compensation) {

        /// An event that is put aside when its effect keeps failing.
        public Subscription(E type, Effect<E> effect) {
            this(type, effect, null);
        }

        @SuppressWarnings("unchecked")
        void apply(EventEnvelope envelope) throws Exception {
            effect.apply((E) envelope.getPayload().unpack(type.getClass()), envelope);
        }

        @SuppressWarnings("unchecked")
        void compensate(EventEnvelope envelope) throws Exception {
            if (compensation != null) {
                compensation.apply((E) envelope.getPayload().unpack(type.getClass()), envelope);
            }
        }
    }
}
