package org.aula.auth.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Failed attempts as this process alone has seen them, for when Redis is away.
@Singleton
final class LocalAttemptStore {

    private static final int MOST_KEYS = 100_000;

    private record Window(long failures, Instant ends) {}

    private final Cache<String, Window> windows;
    private final Duration length;
    private final Clock clock;

    LocalAttemptStore(SessionSettings settings, Clock clock) {
        this.length = settings.loginWindow();
        this.clock = clock;
        this.windows = Caffeine.newBuilder()
                .maximumSize(MOST_KEYS)
                .expireAfterWrite(length)
                .build();
    }

    Attempts find(String key) {
        var now = clock.instant();
        var window = windows.getIfPresent(key);
        return window == null || !now.isBefore(window.ends())
                ? Attempts.NONE
                : new Attempts(window.failures(), Duration.between(now, window.ends()));
    }

    void add(String key) {
        windows.asMap().compute(key, (same, window) -> next(window));
    }

    void clear(String key) {
        windows.invalidate(key);
    }

    private Window next(@Nullable Window window) {
        var now = clock.instant();
        return window == null || !now.isBefore(window.ends())
                ? new Window(1, now.plus(length))
                : new Window(window.failures() + 1, window.ends());
    }
}
