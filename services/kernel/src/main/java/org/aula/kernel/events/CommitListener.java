package org.aula.kernel.events;

import com.google.protobuf.Message;
import java.util.List;

/// Hears of this process's own events right after their commit, before whoever made the change gets an
/// answer: for what should not wait for the stream, such as dropping what is cached. Every bean of this
/// type is told.
///
/// Nothing is recorded: when the process dies, nobody is told. What must happen belongs into an
/// [EventConsumer].
public interface CommitListener {

    /// Hears one event. What it throws is logged, for the change is made.
    void committed(Message event);

    /// Hears many events of one transaction, in their order.
    default void committedAll(List<? extends Message> events) {
        events.forEach(this::committed);
    }
}
