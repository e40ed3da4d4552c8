package org.aula.kernel.events;

import com.google.protobuf.Message;
import java.util.List;
import java.util.Set;
import org.aula.api.common.v1.EventEnvelope;

/// A listener that takes many events at once, for stores that are fast in bulk. It sees to it by itself
/// that an event that comes twice has its effect once: the kernel acknowledges a batch after [#accept]
/// returns. When it throws, the batch comes again: as it was while something is unavailable, else in halves.
/// An event that it keeps failing on alone goes to `dead_letters` and can be replayed (`make replay`).
public interface BatchConsumer {

    /// Name of the consumer group, unique in the platform: `<service>.<purpose>`.
    String name();

    /// Default instances of the events that it wants; others of the same streams are passed over.
    List<Message> types();

    /// The domains whose streams it reads: those of its events, unless some of these may come from any
    /// domain.
    default Set<String> domains() {
        return Streams.domains(types());
    }

    /// Takes a batch of up to 500 events, in the order of the stream.
    void accept(List<EventEnvelope> batch) throws Exception;
}
