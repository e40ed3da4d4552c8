package org.aula.auth.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Attempts as this process alone has seen them, also those before Redis became unavailable.
@Singleton
final class LocalRateLimitStore {

    private static final int MAX_KEYS = 100_000;
    private static final Duration MAX_WINDOW = Duration.ofHours(1);

    private record Window(long count, Instant ends) {}

    private final Cache<String, Window> windows;
    private final Clock clock;

    LocalRateLimitStore(Clock clock) {
        this.clock = clock;
        this.windows = Caffeine.newBuilder()
                .maximumSize(MAX_KEYS)
                .expireAfterWrite(MAX_WINDOW)
                .build();
    }

    RateLimitCount find(String key) {
        var now = clock.instant();
        var window = windows.getIfPresent(key);
        return window == null || !now.isBefore(window.ends()) ? RateLimitCount.NONE : attempts(window, now);
    }

    /// @param length at most an hour
    RateLimitCount add(String key, Duration length) {
        var now = clock.instant();
        return attempts(windows.asMap().compute(key, (same, window) -> next(window, now, length)), now);
    }

    void clear(String key) {
        windows.invalidate(key);
    }

    private static Window next(@Nullable Window window, Instant now, Duration length) {
        return window == null || !now.isBefore(window.ends())
                ? new Window(1, now.plus(length))
                : new Window(window.count() + 1, window.ends());
    }

    private static RateLimitCount attempts(Window window, Instant now) {
        return new RateLimitCount(window.count(), Duration.between(now, window.ends()));
    }
}
