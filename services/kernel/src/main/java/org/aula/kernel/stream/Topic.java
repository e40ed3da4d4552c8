package org.aula.kernel.stream;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.aula.api.common.v1.EventEnvelope;
import org.jspecify.annotations.Nullable;

/// Something that can be listened to by key: the service's own events that are about it, and who listens in
/// this process. Made by [LiveStreams#topic], with all its events before anybody listens.
public final class Topic {

    private record Source<E extends Message>(E type, Function<E, String> key) {

        @SuppressWarnings("unchecked")
        String keyOf(EventEnvelope envelope) throws InvalidProtocolBufferException {
            return key.apply((E) envelope.getPayload().unpack(type.getClass()));
        }
    }

    private final Map<String, Source<?>> sources = new LinkedHashMap<>();
    private final ConcurrentHashMap<String, Set<LiveStream<?>>> listeners = new ConcurrentHashMap<>();

    Topic() {}

    /// An event after which there may be something new.
    ///
    /// @param type the event's default instance
    /// @param key of what, from the event
    public <E extends Message> Topic on(E type, Function<E, String> key) {
        sources.put(type.getDescriptorForType().getFullName(), new Source<>(type, key));
        return this;
    }

    void hear(EventEnvelope envelope) throws InvalidProtocolBufferException {
        var source = sources.get(envelope.getType());
        if (source != null && !listeners.isEmpty()) {
            wake(listeners.get(source.keyOf(envelope)));
        }
    }

    /// Events may have been missed.
    void wakeAll() {
        listeners.values().forEach(Topic::wake);
    }

    private static void wake(@Nullable Set<LiveStream<?>> streams) {
        if (streams != null) {
            streams.forEach(LiveStream::wake);
        }
    }

    void add(String key, LiveStream<?> stream) {
        listeners.compute(key, (same, known) -> {
            var streams = known == null ? ConcurrentHashMap.<LiveStream<?>>newKeySet() : known;
            streams.add(stream);
            return streams;
        });
    }

    void remove(String key, LiveStream<?> stream) {
        listeners.computeIfPresent(key, (same, streams) -> {
            streams.remove(stream);
            return streams.isEmpty() ? null : streams;
        });
    }
}
