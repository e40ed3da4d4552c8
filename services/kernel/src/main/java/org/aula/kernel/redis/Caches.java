package org.aula.kernel.redis;

import jakarta.inject.Singleton;
import java.time.Duration;

/// Makes caches, see [Cache].
@Singleton
public final class Caches {

    private final Redis redis;
    private final RedisBreaker breaker;

    Caches(Redis redis, RedisBreaker breaker) {
        this.redis = redis;
        this.breaker = breaker;
    }

    /// A cache of this process; the other replicas of the service have the same values.
    ///
    /// @param prefix of its keys in Redis, such as `cache:course:`, which the access matrix gives to the
    ///     service
    /// @param life how long a value is kept
    public Cache of(String prefix, Duration life) {
        return new Cache(new CacheEntries(redis, prefix, life), breaker);
    }
}
