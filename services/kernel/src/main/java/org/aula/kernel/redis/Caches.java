package org.aula.kernel.redis;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/// Makes caches, see [Cache].
@Singleton
public final class Caches {

    private final Redis redis;
    private final RedisBreaker breaker;
    private final Clock clock;

    Caches(Redis redis, RedisBreaker breaker, Clock clock) {
        this.redis = redis;
        this.breaker = breaker;
        this.clock = clock;
    }

    /// A cache of this process; the other replicas of the service have the same values. It keeps no value
    /// above 256 KiB, and at most 64 MiB within the life of a value.
    ///
    /// @param prefix of its keys in Redis, such as `cache:course:`, which the access matrix gives to the
    ///     service
    /// @param life how long a value is kept
    public Cache of(String prefix, Duration life) {
        return new Cache(new CacheEntries(redis, prefix, life, new CacheAllowance(life, clock)), breaker);
    }
}
