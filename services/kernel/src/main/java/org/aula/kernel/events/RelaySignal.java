package org.aula.kernel.events;

import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Wakes the relay after a commit, within one process. Without a signal the relay looks every 100 ms by
/// itself.
@Singleton
final class RelaySignal {

    private static final long LOOK_EVERY_MILLIS = 100;

    private final Semaphore signals = new Semaphore(0);

    void wake() {
        signals.release();
    }

    void await() throws InterruptedException {
        if (signals.tryAcquire(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
            signals.drainPermits();
        }
    }
}
