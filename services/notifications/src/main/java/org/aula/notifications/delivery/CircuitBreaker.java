package org.aula.notifications.delivery;

import jakarta.inject.Singleton;
import java.time.Duration;

/// Remembers that something is away which every email needs, so that not each of them finds out by itself.
/// After a pause that is doubled while it lasts, a few are let through to see.
@Singleton
final class CircuitBreaker {

    private final Duration first;
    private final Duration longest;
    private Duration pause;
    private long until = System.nanoTime();

    CircuitBreaker(DeliverySettings settings) {
        this.first = settings.awayPause();
        this.longest = settings.longestAwayPause();
        this.pause = first;
    }

    /// Something was away.
    synchronized void begin() {
        if (lasts()) {
            return;
        }
        until = System.nanoTime() + pause.toNanos();
        var doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(longest) > 0 ? longest : doubled;
    }

    /// An email went the whole way.
    synchronized void end() {
        until = System.nanoTime();
        pause = first;
    }

    synchronized boolean lasts() {
        return until - System.nanoTime() > 0;
    }
}
