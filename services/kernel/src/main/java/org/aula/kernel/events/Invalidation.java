package org.aula.kernel.events;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.aula.api.common.v1.EventEnvelope;

/// Drops what the service's own events make stale: in the process of the change right after its commit, so
/// that whoever made it reads it; and once more when the stream tells of it, for when that process died or
/// did not reach Redis. While Redis is unavailable the event waits. Dropping twice is harmless, so nothing
/// is recorded.
///
/// ```
/// @Singleton
/// Invalidation users(CachedUsers users) {
///     return Invalidation.named("users.cache")
///             .on(UserUpdated.getDefaultInstance(), UserUpdated::getUserId)
///             .by(users::changed, users::changedOrThrow);
/// }
/// ```
public final class Invalidation implements BatchConsumer, CommitListener {

    private record Source<E extends Message>(E type, Function<E, String> id) {

        @SuppressWarnings("unchecked")
        String idOf(Message event) {
            return id.apply((E) event);
        }
    }

    private final String name;
    private final List<Source<?>> sources;
    private final Consumer<Set<String>> changed;
    private final Consumer<Set<String>> changedOrThrow;

    private Invalidation(Builder builder, Consumer<Set<String>> changed, Consumer<Set<String>> changedOrThrow) {
        this.name = builder.name;
        this.sources = List.copyOf(builder.sources);
        this.changed = changed;
        this.changedOrThrow = changedOrThrow;
    }

    /// Begins to declare one.
    ///
    /// @param name of the consumer group, `<service>.cache`
    public static Builder named(String name) {
        return new Builder(name);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Message> types() {
        return List.copyOf(sources.stream().map(Source::type).toList());
    }

    @Override
    public void accept(List<EventEnvelope> batch) throws InvalidProtocolBufferException {
        var ids = new LinkedHashSet<String>();
        for (var envelope : batch) {
            for (var source : sources) {
                if (envelope.getPayload().is(source.type().getClass())) {
                    ids.add(source.idOf(
                            envelope.getPayload().unpack(source.type().getClass())));
                }
            }
        }
        changedOrThrow.accept(ids);
    }

    @Override
    public void committed(Message event) {
        committedAll(List.of(event));
    }

    @Override
    public void committedAll(List<? extends Message> events) {
        var ids = new LinkedHashSet<String>();
        for (var event : events) {
            for (var source : sources) {
                if (source.type().getClass().isInstance(event)) {
                    ids.add(source.idOf(event));
                }
            }
        }
        if (!ids.isEmpty()) {
            changed.accept(ids);
        }
    }

    /// An invalidation that is being declared.
    public static final class Builder {

        private final String name;
        private final List<Source<?>> sources = new ArrayList<>();

        private Builder(String name) {
            this.name = name;
        }

        /// An event after which something is stale.
        ///
        /// @param type the event's default instance
        /// @param id what is stale, from the event
        public <E extends Message> Builder on(E type, Function<E, String> id) {
            sources.add(new Source<>(type, id));
            return this;
        }

        /// Says how to drop what is stale.
        ///
        /// @param changed takes the ids after the commit; must not wait for a Redis that is unavailable
        /// @param changedOrThrow takes the ids of a batch of the stream, which comes again when it throws
        public Invalidation by(Consumer<Set<String>> changed, Consumer<Set<String>> changedOrThrow) {
            return new Invalidation(this, changed, changedOrThrow);
        }
    }
}
