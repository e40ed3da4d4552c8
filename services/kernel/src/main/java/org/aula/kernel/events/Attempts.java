package org.aula.kernel.events;

import java.time.Duration;
import java.util.Optional;
import org.aula.kernel.error.ErrorMapping;

/// How often a listener is given what it fails on. While something is unavailable nothing is decided: the
/// failure is thrown, and the reader comes again until it is back. What was too slow or in somebody's way
/// gets more tries, over more than a minute.
final class Attempts {

    private static final int MAX_TRIES = 5;
    private static final int MAX_TRIES_WHEN_BUSY = 20;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(5);

    /// A delivery.
    @FunctionalInterface
    interface Step {
        void run() throws Exception;
    }

    /// The last of the failures of a step that is given up.
    record Failure(int tries, Throwable cause) {}

    private Attempts() {}

    /// Tries until it succeeds or has failed for good.
    ///
    /// @return empty when it succeeded
    /// @throws Exception when something is unavailable, or this thread is asked to stop
    static Optional<Failure> make(Step step) throws Exception {
        var pause = FIRST_PAUSE;
        for (int tries = 1; ; tries++) {
            try {
                step.run();
                return Optional.empty();
            } catch (Throwable failure) {
                throwIfUndecided(failure);
                if (tries == (ErrorMapping.isPassing(failure) ? MAX_TRIES_WHEN_BUSY : MAX_TRIES)) {
                    return Optional.of(new Failure(tries, failure));
                }
            }
            Thread.sleep(pause);
            var longer = pause.multipliedBy(2);
            pause = longer.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : longer;
        }
    }

    /// Throws a failure that says nothing of what was delivered.
    static void throwIfUndecided(Throwable failure) throws Exception {
        if (failure instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        if (Thread.interrupted()) {
            throw new InterruptedException(failure.toString());
        }
        if (failure instanceof Exception exception && ErrorMapping.isUnavailable(exception)) {
            throw exception;
        }
    }
}
