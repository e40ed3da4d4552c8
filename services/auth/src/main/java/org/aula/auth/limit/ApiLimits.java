package org.aula.auth.limit;

import io.lettuce.core.RedisException;
import io.lettuce.core.ScriptOutputType;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.aula.kernel.error.StoreUnavailableException;
import org.aula.kernel.redis.Redis;
import org.aula.kernel.redis.RedisBreaker;

/// Points that were asked for at the edge, counted in Redis for all replicas over a window that runs from the
/// first request: `rate_limit:api:<subject>`. What comes when they are used up is refused and costs nothing.
@Singleton
final class ApiLimits {

    private static final String PREFIX = "rate_limit:api:";

    /// Gives whether the points were there, how many are used, and the milliseconds that are left of the window.
    private static final String TAKE = """
            local used = tonumber(redis.call('GET', KEYS[1]) or '0')
            local granted = used < tonumber(ARGV[1]) and 1 or 0
            if granted == 1 then
              used = redis.call('INCRBY', KEYS[1], ARGV[2])
              redis.call('PEXPIRE', KEYS[1], ARGV[3], 'NX')
            end
            return {granted, used, redis.call('PTTL', KEYS[1])}
            """;

    /// What is left to a subject.
    ///
    /// @param granted whether the points that were asked for could be had
    /// @param limit points of a window
    /// @param remaining points that are left of them
    /// @param reset what is left of the window
    record Budget(boolean granted, long limit, long remaining, Duration reset) {}

    private final Redis redis;
    private final RedisBreaker breaker;

    ApiLimits(Redis redis, RedisBreaker breaker) {
        this.redis = redis;
        this.breaker = breaker;
    }

    /// Takes points, unless all are used. The last ones may be more than were left: nobody knows what a request
    /// costs before it has ended.
    ///
    /// @throws StoreUnavailableException when Redis is unavailable
    Budget take(String subject, long points, long limit, Duration window) {
        if (!breaker.letsPass()) {
            throw new StoreUnavailableException("redis", new IllegalStateException("it was unavailable a moment ago"));
        }
        try {
            List<Object> answer = redis.commands()
                    .eval(
                            TAKE,
                            ScriptOutputType.MULTI,
                            new String[] {PREFIX + subject},
                            number(limit),
                            number(points),
                            number(window.toMillis()));
            return new Budget(
                    (Long) answer.get(0) == 1,
                    limit,
                    Math.max(0, limit - (Long) answer.get(1)),
                    Duration.ofMillis(Math.max(0, (Long) answer.get(2))));
        } catch (RedisException unavailable) {
            breaker.open();
            throw new StoreUnavailableException("redis", unavailable);
        }
    }

    private static byte[] number(long value) {
        return Long.toString(value).getBytes(StandardCharsets.US_ASCII);
    }
}
