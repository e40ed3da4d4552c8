package org.aula.users.user;

import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.aula.kernel.error.StoreUnavailableException;
import org.aula.kernel.redis.Redis;
import org.jspecify.annotations.Nullable;

/// `cache:user:<id>` in Redis, for 30 minutes: `<version>:<user>`, or `<version>:` alone as the mark that
/// whatever is older than this version is stale.
///
/// A value goes in only over what is older, and over the mark of its own version; one script compares and
/// writes. So whoever read a row before it changed, and comes late to keep it, finds the mark of the change
/// and is turned away, however long they took: the mark lives as long as a value does. A plain deletion
/// would let them in.
///
/// Redis is an aid: what it does not answer within a quarter of a second counts as not there, and then it
/// is left alone until it answers a PING again, which no caller waits for.
@Singleton
final class UserCacheStore {

    /// The version of users that are gone for good: newer than any, and whole in Lua's numbers.
    static final long GONE = (1L << 53) - 1;

    private static final String PREFIX = "cache:user:";
    private static final byte SEPARATOR = ':';
    private static final byte[] NOTHING = {};
    private static final String LIFE_SECONDS =
            Long.toString(Duration.ofMinutes(30).toSeconds());
    private static final long PATIENCE_MILLIS = 250;

    /// Gives 1 when the value went in.
    private static final String PUT = """
            local old = redis.call('GET', KEYS[1])
            if old then
              local colon = string.find(old, ':', 1, true)
              local known = tonumber(string.sub(old, 1, colon - 1))
              local version = tonumber(ARGV[1])
              if known > version or (known == version and (colon < #old or #ARGV[2] == 0)) then return 0 end
            end
            redis.call('SET', KEYS[1], ARGV[1] .. ':' .. ARGV[2], 'EX', ARGV[3])
            return 1
            """;

    private final Redis redis;
    private final RedisBreaker breaker;

    UserCacheStore(Redis redis) {
        this.redis = redis;
        this.breaker = new RedisBreaker(redis);
    }

    /// The users of these ids that are kept, in one trip.
    Map<UUID, User> find(Collection<UUID> ids) {
        var found = new HashMap<UUID, User>();
        if (!breaker.letsPass()) {
            return found;
        }
        try {
            var keys = ids.stream().map(UserCacheStore::key).toArray(String[]::new);
            for (var kept : answer(commands().mget(keys))) {
                var user = kept.hasValue() ? user(kept.getValue()) : null;
                if (user != null) {
                    found.put(user.id(), user);
                }
            }
        } catch (StoreUnavailableException away) {
            breaker.open();
        }
        return found;
    }

    /// Keeps users. Nobody waits for it.
    void put(Collection<User> users) {
        if (!breaker.letsPass()) {
            return;
        }
        try {
            for (var user : users) {
                put(user.id(), user.version(), UserProtos.toBytes(user)).whenComplete((done, failure) -> {
                    if (failure != null) {
                        breaker.open();
                    }
                });
            }
        } catch (RedisException away) {
            breaker.open();
        }
    }

    /// Marks what is older than a version as stale, if Redis is there.
    void mark(UUID id, long version) {
        if (breaker.letsPass()) {
            try {
                markSurely(id, version);
            } catch (StoreUnavailableException away) {
                breaker.open();
            }
        }
    }

    /// Marks what is older than a version as stale.
    ///
    /// @throws StoreUnavailableException when Redis is away
    void markSurely(UUID id, long version) {
        try {
            answer(put(id, version, NOTHING));
        } catch (RedisException away) {
            throw new StoreUnavailableException("redis", away);
        }
    }

    private RedisFuture<Long> put(UUID id, long version, byte[] value) {
        return commands()
                .eval(
                        PUT,
                        ScriptOutputType.INTEGER,
                        new String[] {key(id)},
                        Long.toString(version).getBytes(StandardCharsets.US_ASCII),
                        value,
                        LIFE_SECONDS.getBytes(StandardCharsets.US_ASCII));
    }

    private RedisAsyncCommands<String, byte[]> commands() {
        return redis.commands().getStatefulConnection().async();
    }

    private static <T> T answer(RedisFuture<T> asked) {
        try {
            return asked.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | RedisException away) {
            throw new StoreUnavailableException("redis", away);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("redis", interrupted);
        }
    }

    private static String key(UUID id) {
        return PREFIX + id;
    }

    /// The user of a value; null for a mark.
    private static @Nullable User user(byte[] value) {
        int colon = 0;
        while (colon < value.length && value[colon] != SEPARATOR) {
            colon++;
        }
        return colon >= value.length - 1 ? null : UserProtos.fromBytes(value, colon + 1);
    }
}
