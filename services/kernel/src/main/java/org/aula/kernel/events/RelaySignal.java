package org.aula.kernel.events;

import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Wakes the relay after a commit, within one process, but not more often than every 20 ms: under load it
/// publishes what several commits wrote at once, and listeners read it at once. Without a signal the relay
/// looks every 100 ms by itself.
@Singleton
final class RelaySignal {

    private static final long LOOK_EVERY_MILLIS = 100;
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Semaphore signals = new Semaphore(0);
    private long lastLook = System.nanoTime() - PACE_NANOS;

    void wake() {
        signals.release();
    }

    void await() throws InterruptedException {
        if (signals.tryAcquire(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
            TimeUnit.NANOSECONDS.sleep(PACE_NANOS - (System.nanoTime() - lastLook));
            signals.drainPermits();
        }
        lastLook = System.nanoTime();
    }
}
