package org.aula.auth.limit;

import io.lettuce.core.ExpireArgs;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.sync.RedisCommands;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.aula.kernel.error.StoreUnavailableException;
import org.aula.kernel.redis.Redis;

/// Attempts as all replicas have seen them: counters in Redis that end with their window.
///
/// After a failure Redis is left alone for a few seconds, so that callers do not wait for it each
/// time. When it refused a count it is not read before it has taken one: a server that is out of memory or disk,
/// or was made a replica, goes on reading, and its counts stand still.
@Singleton
final class RedisRateLimitStore {

    private static final Duration LEFT_ALONE = Duration.ofSeconds(5);

    private final Redis redis;
    private final Clock clock;
    private volatile Instant awayUntil = Instant.EPOCH;
    private volatile boolean standsStill;

    RedisRateLimitStore(Redis redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    /// @throws StoreUnavailableException when Redis is unavailable or refuses
    RateLimitCount find(String key) {
        if (standsStill) {
            throw away(new IllegalStateException("it refused the last count"));
        }
        return ask(commands -> {
            var count = commands.get(key);
            return count == null
                    ? RateLimitCount.NONE
                    : new RateLimitCount(
                            Long.parseLong(new String(count, StandardCharsets.US_ASCII)),
                            left(commands, key, Duration.ofMinutes(1)));
        });
    }

    /// @throws StoreUnavailableException when Redis is unavailable or refuses
    RateLimitCount add(String key, Duration window) {
        return write(commands -> {
            var count = commands.incr(key);
            commands.expire(key, window, ExpireArgs.Builder.nx());
            return new RateLimitCount(count, left(commands, key, window));
        });
    }

    /// @throws StoreUnavailableException when Redis is unavailable or refuses
    void clear(String key) {
        write(commands -> commands.del(key));
    }

    /// What is left of a window; something else for a counter that has none yet.
    private static Duration left(RedisCommands<String, byte[]> commands, String key, Duration otherwise) {
        var left = commands.pttl(key);
        return left < 0 ? otherwise : Duration.ofMillis(left);
    }

    private <T> T write(Function<RedisCommands<String, byte[]>, T> change) {
        try {
            var answer = ask(change);
            standsStill = false;
            return answer;
        } catch (StoreUnavailableException refused) {
            standsStill = true;
            throw refused;
        }
    }

    private <T> T ask(Function<RedisCommands<String, byte[]>, T> question) {
        if (clock.instant().isBefore(awayUntil)) {
            throw away(new IllegalStateException("it was unavailable a moment ago"));
        }
        try {
            return question.apply(redis.commands());
        } catch (RedisException unavailable) {
            awayUntil = clock.instant().plus(LEFT_ALONE);
            throw away(unavailable);
        }
    }

    private static StoreUnavailableException away(RuntimeException why) {
        return new StoreUnavailableException("redis", why);
    }
}
