package org.aula.auth.registration;

import io.grpc.Context;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.aula.kernel.saga.SagaState;

/// Lets callers wait for the outcome of a registration, holding no connection meanwhile. The listener
/// to the users service wakes those of its own process; others look ten times a second.
@Singleton
final class RegistrationWaits {

    private static final long LOOK_EVERY_MILLIS = 100;

    /// What is left of a call's deadline for the rest of its work.
    private static final long MARGIN_MILLIS = 1_000;

    private final ConcurrentMap<UUID, CountDownLatch> waiting = new ConcurrentHashMap<>();
    private final long longestMillis;

    RegistrationWaits(RegistrationSettings settings) {
        this.longestMillis = settings.registrationWait().toMillis();
    }

    /// Looks until the outcome is there, or as long as it is worth waiting.
    ///
    /// @return what was seen last
    SagaState await(UUID accountId, Supplier<SagaState> look) {
        var end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(longestMillis());
        var latch = waiting.computeIfAbsent(accountId, id -> new CountDownLatch(1));
        try {
            while (true) {
                var state = look.get();
                var leftMillis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (state != SagaState.RUNNING || leftMillis <= 0) {
                    return state;
                }
                if (latch.await(Math.min(leftMillis, LOOK_EVERY_MILLIS), TimeUnit.MILLISECONDS)) {
                    return look.get();
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a registration", interrupted);
        } finally {
            waiting.remove(accountId, latch);
        }
    }

    /// The outcome of a registration is committed.
    void wake(UUID accountId) {
        var latch = waiting.get(accountId);
        if (latch != null) {
            latch.countDown();
        }
    }

    private long longestMillis() {
        var deadline = Context.current().getDeadline();
        return deadline == null
                ? longestMillis
                : Math.min(longestMillis, deadline.timeRemaining(TimeUnit.MILLISECONDS) - MARGIN_MILLIS);
    }
}
