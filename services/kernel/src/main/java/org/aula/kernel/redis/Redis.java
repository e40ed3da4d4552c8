package org.aula.kernel.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import jakarta.inject.Singleton;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One shared connection to Redis, opened when it is first needed: keys are text, values are bytes.
@Singleton
public final class Redis {

    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    private final RedisClient client;
    private final ReentrantLock opening = new ReentrantLock();
    private volatile @Nullable StatefulRedisConnection<String, byte[]> shared;

    Redis(RedisClient client) {
        this.client = client;
    }

    /// Commands on the shared connection.
    ///
    /// @throws io.lettuce.core.RedisException when Redis is unavailable
    public RedisCommands<String, byte[]> commands() {
        var known = shared;
        if (known != null) {
            return known.sync();
        }
        opening.lock();
        try {
            var opened = shared;
            if (opened == null) {
                opened = client.connect(CODEC);
                shared = opened;
            }
            return opened.sync();
        } finally {
            opening.unlock();
        }
    }

    /// A connection of one's own, for commands that block. The caller closes it.
    public StatefulRedisConnection<String, byte[]> connect() {
        return client.connect(CODEC);
    }
}
