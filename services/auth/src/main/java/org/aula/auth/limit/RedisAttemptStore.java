package org.aula.auth.session;

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

/// Failed attempts as all replicas have seen them: counters in Redis that end with their window.
///
/// After a failure Redis is left alone for a few seconds, so that signing in does not wait for it
/// each time.
@Singleton
final class RedisAttemptStore {

    private static final Duration LEFT_ALONE = Duration.ofSeconds(5);

    private final Redis redis;
    private final Duration length;
    private final Clock clock;
    private volatile Instant awayUntil = Instant.EPOCH;

    RedisAttemptStore(Redis redis, SessionSettings settings, Clock clock) {
        this.redis = redis;
        this.length = settings.loginWindow();
        this.clock = clock;
    }

    /// @throws StoreUnavailableException when Redis is away or refuses
    Attempts find(String key) {
        return ask(commands -> {
            var failures = commands.get(key);
            if (failures == null) {
                return Attempts.NONE;
            }
            var left = commands.pttl(key);
            return new Attempts(
                    Long.parseLong(new String(failures, StandardCharsets.US_ASCII)),
                    left < 0 ? length : Duration.ofMillis(left));
        });
    }

    /// @throws StoreUnavailableException when Redis is away or refuses
    void add(String key) {
        ask(commands -> {
            commands.incr(key);
            return commands.expire(key, length, ExpireArgs.Builder.nx());
        });
    }

    /// @throws StoreUnavailableException when Redis is away or refuses
    void clear(String key) {
        ask(commands -> commands.del(key));
    }

    private <T> T ask(Function<RedisCommands<String, byte[]>, T> question) {
        if (clock.instant().isBefore(awayUntil)) {
            throw new StoreUnavailableException("redis", new IllegalStateException("it was away a moment ago"));
        }
        try {
            return question.apply(redis.commands());
        } catch (RedisException away) {
            awayUntil = clock.instant().plus(LEFT_ALONE);
            throw new StoreUnavailableException("redis", away);
        }
    }
}
