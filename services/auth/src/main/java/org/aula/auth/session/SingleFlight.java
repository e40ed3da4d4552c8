package org.aula.auth.session;

import io.grpc.Context;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.aula.kernel.error.ErrorMapping;
import org.jspecify.annotations.Nullable;

/// Does the same work once for all who ask for it while it has not begun. Who comes when it has begun
/// waits for the next time, so that nobody is given something older than their question.
///
/// When work fails for a reason that may pass, such as its first asker's deadline, the others try for
/// themselves.
///
/// @param <K> says what is the same work
/// @param <V> its result
final class SingleFlight<K, V> {

    private static final long MAX_WAIT_MILLIS = 60_000;

    /// One time that the work is done.
    private final class Round {
        private @Nullable Round previous;
        private final CompletableFuture<V> result = new CompletableFuture<>();
        private boolean begun;

        Round(@Nullable Round previous) {
            this.previous = previous;
        }
    }

    private final Map<K, Round> latest = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    /// The result of work that begins after this is called.
    V get(K key, Supplier<V> work) {
        while (true) {
            var joined = join(key);
            if (joined.leads()) {
                return lead(key, joined.round(), work);
            }
            try {
                return await(joined.round());
            } catch (RuntimeException failure) {
                if (!ErrorMapping.isPassing(failure) || isLate()) {
                    throw failure;
                }
            }
        }
    }

    /// A round, and whether it is this asker who does its work.
    private record Joined<R>(R round, boolean leads) {}

    private Joined<Round> join(K key) {
        lock.lock();
        try {
            var known = latest.get(key);
            if (known != null && !known.begun) {
                return new Joined<>(known, false);
            }
            var round = new Round(known);
            latest.put(key, round);
            return new Joined<>(round, true);
        } finally {
            lock.unlock();
        }
    }

    private V lead(K key, Round round, Supplier<V> work) {
        try {
            awaitPrevious(round);
            begin(round);
            var result = work.get();
            forget(key, round);
            round.result.complete(result);
            return result;
        } catch (RuntimeException | Error failure) {
            forget(key, round);
            round.result.completeExceptionally(failure);
            throw failure;
        }
    }

    private void awaitPrevious(Round round) {
        var previous = round.previous;
        if (previous == null) {
            return;
        }
        try {
            previous.result.handle((result, failure) -> true).get(remainingMillis(), TimeUnit.MILLISECONDS);
            // Else a key that is asked for without a pause would keep every round there ever was.
            round.previous = null;
        } catch (TimeoutException late) {
            throw ErrorMapping.deadlineExceeded();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the same work", interrupted);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private V await(Round round) {
        try {
            return round.result.get(remainingMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (TimeoutException late) {
            throw ErrorMapping.deadlineExceeded();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the same work", interrupted);
        }
    }

    private void begin(Round round) {
        lock.lock();
        try {
            round.begun = true;
        } finally {
            lock.unlock();
        }
    }

    private void forget(K key, Round round) {
        lock.lock();
        try {
            round.begun = true;
            latest.remove(key, round);
        } finally {
            lock.unlock();
        }
    }

    private static boolean isLate() {
        return remainingMillis() <= 0;
    }

    private static long remainingMillis() {
        var deadline = Context.current().getDeadline();
        return deadline == null
                ? MAX_WAIT_MILLIS
                : Math.min(MAX_WAIT_MILLIS, deadline.timeRemaining(TimeUnit.MILLISECONDS));
    }
}
