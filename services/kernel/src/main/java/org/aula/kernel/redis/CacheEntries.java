package org.aula.kernel.redis;

import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.aula.kernel.error.StoreUnavailableException;
import org.jspecify.annotations.Nullable;

/// What a [Cache] writes in Redis. Under each key stands either a value, `v<generation><bytes>`, or the
/// lease of whoever is loading it, `l<generation><token>`; under `generation` stands which generation
/// counts. Values of an older generation are treated as misses.
///
/// Every method throws [StoreUnavailableException] when Redis does not answer within a quarter of a second.
final class CacheEntries {

    private static final byte VALUE = 'v';
    private static final byte LEASE = 'l';
    private static final int GENERATION_BYTES = 16;
    private static final int HEAD_BYTES = 1 + GENERATION_BYTES;
    private static final byte[] NOTHING = {};
    private static final long PATIENCE_MILLIS = 250;

    /// As long as the longest call that loads: after that another may.
    private static final Duration LEASE_LIFE = Duration.ofSeconds(10);

    /// Gives what stands there if it is of this generation; else the caller's lease, which stands there
    /// now.
    private static final String ENTER = """
            local kept = redis.call('GET', KEYS[1])
            if kept and string.sub(kept, 2, 17) == ARGV[1] then return kept end
            redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
            return ARGV[2]
            """;

    /// Gives 1 when the lease was still there, and puts the value in its place, or nothing.
    private static final String LEAVE = """
            if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
            if #ARGV[2] == 0 then redis.call('DEL', KEYS[1])
            else redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) end
            return 1
            """;

    /// What stands under a key.
    sealed interface Entry {
        /// A value.
        record Kept(byte[] value) implements Entry {}

        /// The caller may load it, and leaves with this.
        record Mine(byte[] lease) implements Entry {}

        /// Another process is loading it.
        record Theirs() implements Entry {}
    }

    /// What was found at first.
    ///
    /// @param generation the one that counts
    /// @param values those that are kept
    record Found(byte[] generation, Map<String, byte[]> values) {}

    private final Redis redis;
    private final String prefix;
    private final Duration life;
    private final CacheAllowance allowance;
    private final SecureRandom random = new SecureRandom();

    CacheEntries(Redis redis, String prefix, Duration life, CacheAllowance allowance) {
        this.redis = redis;
        this.prefix = prefix;
        this.life = life;
        this.allowance = allowance;
    }

    /// The generation and the values of these keys, in one round trip.
    Found find(Collection<String> keys) {
        return asking(commands -> {
            var names = new String[keys.size() + 1];
            names[0] = generationKey();
            int index = 1;
            for (var key : keys) {
                names[index++] = prefix + key;
            }
            var entries = answer(commands.mget(names));
            var generation = entries.getFirst().hasValue() ? entries.getFirst().getValue() : begin(commands);
            return new Found(generation, values(keys, entries.subList(1, entries.size()), generation));
        });
    }

    /// What stands under each key, with a lease for the caller where nothing stands, in one round trip.
    Map<String, Entry> enter(byte[] generation, Collection<String> keys) {
        return asking(commands -> {
            var asked = new HashMap<String, RedisFuture<byte[]>>();
            var leases = new HashMap<String, byte[]>();
            for (var key : keys) {
                var lease = stamped(LEASE, generation, token());
                leases.put(key, lease);
                asked.put(key, script(commands, ENTER, ScriptOutputType.VALUE, key, generation, lease, LEASE_LIFE));
            }
            var entries = new HashMap<String, Entry>();
            for (var key : keys) {
                entries.put(key, entry(answer(asked.get(key)), leases.get(key)));
            }
            return entries;
        });
    }

    /// Ends leases, with values where there are any that the allowance has room for.
    ///
    /// @return keys whose lease was gone before, so that nothing was kept
    List<String> leave(byte[] generation, Map<String, byte[]> leases, Map<String, byte[]> values) {
        return asking(commands -> {
            var asked = new HashMap<String, RedisFuture<Long>>();
            leases.forEach((key, lease) -> {
                var value = values.get(key);
                var entry =
                        value == null || !allowance.take(value.length) ? NOTHING : stamped(VALUE, generation, value);
                asked.put(key, script(commands, LEAVE, ScriptOutputType.INTEGER, key, lease, entry, life));
            });
            return leases.keySet().stream()
                    .filter(key -> answer(asked.get(key)) == 0)
                    .toList();
        });
    }

    /// Takes a value away, and the lease of whoever is loading it.
    void drop(String key) {
        asking(commands -> answer(commands.del(prefix + key)));
    }

    /// Begins a new generation.
    void dropAll() {
        asking(commands -> answer(commands.set(generationKey(), token())));
    }

    private byte[] begin(RedisAsyncCommands<String, byte[]> commands) {
        var token = token();
        var isFirst = "OK".equals(answer(commands.set(generationKey(), token, SetArgs.Builder.nx())));
        return isFirst ? token : answer(commands.get(generationKey()));
    }

    private static Map<String, byte[]> values(
            Collection<String> keys, List<KeyValue<String, byte[]>> entries, byte[] generation) {
        var values = new HashMap<String, byte[]>();
        var each = entries.iterator();
        for (var key : keys) {
            var entry = each.next();
            if (entry.hasValue() && isValue(entry.getValue()) && isOf(generation, entry.getValue())) {
                values.put(key, body(entry.getValue()));
            }
        }
        return values;
    }

    private static Entry entry(byte[] entry, byte @Nullable [] lease) {
        if (isValue(entry)) {
            return new Entry.Kept(body(entry));
        }
        return lease != null && Arrays.equals(entry, lease) ? new Entry.Mine(lease) : new Entry.Theirs();
    }

    private static boolean isValue(byte[] entry) {
        return entry[0] == VALUE;
    }

    private static boolean isOf(byte[] generation, byte[] entry) {
        return Arrays.equals(entry, 1, HEAD_BYTES, generation, 0, GENERATION_BYTES);
    }

    private static byte[] body(byte[] entry) {
        return Arrays.copyOfRange(entry, HEAD_BYTES, entry.length);
    }

    private static byte[] stamped(byte kind, byte[] generation, byte[] body) {
        return ByteBuffer.allocate(HEAD_BYTES + body.length)
                .put(kind)
                .put(generation)
                .put(body)
                .array();
    }

    private <T> RedisFuture<T> script(
            RedisAsyncCommands<String, byte[]> commands,
            String script,
            ScriptOutputType output,
            String key,
            byte[] first,
            byte[] second,
            Duration life) {
        var millis = Long.toString(life.toMillis()).getBytes(StandardCharsets.US_ASCII);
        return commands.eval(script, output, new String[] {prefix + key}, first, second, millis);
    }

    /// Never twice the same, so that what was forgotten, or evicted, cannot come back by chance.
    private byte[] token() {
        var token = new byte[GENERATION_BYTES];
        random.nextBytes(token);
        return token;
    }

    private String generationKey() {
        return prefix + "generation";
    }

    private interface Question<T> {
        T ask(RedisAsyncCommands<String, byte[]> commands);
    }

    private <T> T asking(Question<T> question) {
        try {
            return question.ask(redis.commands().getStatefulConnection().async());
        } catch (RedisException unavailable) {
            throw new StoreUnavailableException("redis", unavailable);
        }
    }

    private static <T> T answer(@Nullable RedisFuture<T> asked) {
        try {
            if (asked == null) {
                throw new IllegalStateException("a key that was not asked for");
            }
            return asked.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException unavailable) {
            throw new StoreUnavailableException("redis", unavailable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("redis", interrupted);
        }
    }
}
