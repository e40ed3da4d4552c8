package org.aula.kernel.testing;

import java.time.Duration;
import org.opentest4j.AssertionFailedError;

/// Waiting for what happens by itself, such as an event's effect.
public final class Await {

    private static final Duration MAX_WAIT = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private Await() {}

    /// A question whose answer will be yes.
    @FunctionalInterface
    public interface Question {
        boolean ask() throws Exception;
    }

    /// An assertion that will hold.
    @FunctionalInterface
    public interface Claim {
        void check() throws Exception;
    }

    /// Waits until the answer is yes, at most 15 s.
    public static void until(String what, Question question) throws Exception {
        var end = System.nanoTime() + MAX_WAIT.toNanos();
        while (!question.ask()) {
            if (System.nanoTime() > end) {
                throw new AssertionFailedError("not within " + MAX_WAIT.toSeconds() + " s: " + what);
            }
            Thread.sleep(PAUSE);
        }
    }

    /// Waits until an assertion holds, at most 15 s; then its last failure is the test's.
    public static void untilHolds(Claim claim) throws Exception {
        var end = System.nanoTime() + MAX_WAIT.toNanos();
        while (true) {
            try {
                claim.check();
                return;
            } catch (AssertionError notYet) {
                if (System.nanoTime() > end) {
                    throw notYet;
                }
            }
            Thread.sleep(PAUSE);
        }
    }
}
