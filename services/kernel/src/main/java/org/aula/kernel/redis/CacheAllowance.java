package org.aula.kernel.redis;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// How much one cache of this process may put into Redis within the life of a value, so that strangers who
/// ask for ever new keys cannot fill it: events and sessions stand beside the cache, and a full Redis
/// refuses them too. What finds no room is loaded again by the next who asks.
final class CacheAllowance {

    /// A value above this is a mistake or an attack.
    static final int MAX_VALUE_BYTES = 256 * 1024;

    /// A replica keeps at most twice this for a cache: of the window before and of this one.
    static final long MAX_BYTES = 64L * 1024 * 1024;

    /// What Redis needs beside the value, with its key.
    private static final int OVERHEAD_BYTES = 200;

    private final Duration window;
    private final Clock clock;
    private Instant end = Instant.MIN;
    private long left;

    /// @param window the life of a value
    CacheAllowance(Duration window, Clock clock) {
        this.window = window;
        this.clock = clock;
    }

    /// Whether a value of this size may be kept, which then counts.
    synchronized boolean take(int bytes) {
        var now = clock.instant();
        if (!now.isBefore(end)) {
            end = now.plus(window);
            left = MAX_BYTES;
        }
        var cost = bytes + OVERHEAD_BYTES;
        if (bytes > MAX_VALUE_BYTES || cost > left) {
            return false;
        }
        left -= cost;
        return true;
    }
}
