package org.aula.kernel.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// A clock that stands still until the test moves it.
public final class PinnedClock extends Clock {

    private volatile Instant now;

    /// Pinned to the present, in whole milliseconds as databases keep it.
    public PinnedClock() {
        this(Instant.ofEpochMilli(System.currentTimeMillis()));
    }

    public PinnedClock(Instant now) {
        this.now = now;
    }

    /// Moves it on.
    public void advance(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.fixed(now, zone);
    }
}
