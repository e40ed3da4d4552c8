package org.aula.kernel.operation;

import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.function.Consumer;
import org.aula.kernel.postgres.Session;

/// Tells the jobs of this process that an operation was committed, so that it need not wait for the next
/// look.
@Singleton
final class OperationSignal {

    private volatile Consumer<UUID> listener = id -> {};

    void listen(Consumer<UUID> newListener) {
        listener = newListener;
    }

    void scheduleAfterCommit(UUID id) {
        Session.current().afterCommit(() -> listener.accept(id));
    }
}
