package org.aula.kernel.redis;

import io.lettuce.core.RedisException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A circuit breaker before Redis. It begins open: the first request for it sends the half-open probe, a
/// PING whether Redis answers, and goes on without; so does every later one, once a second at most, until
/// it does.
@Singleton
public final class RedisBreaker {

    private static final Logger LOG = LoggerFactory.getLogger(RedisBreaker.class);
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    private final Redis redis;
    private final AtomicLong lookedAt = new AtomicLong(System.nanoTime() - PAUSE_NANOS);
    private volatile boolean open = true;

    RedisBreaker(Redis redis) {
        this.redis = redis;
    }

    /// Whether Redis may be asked now.
    public boolean letsPass() {
        if (open) {
            lookAgain();
        }
        return !open;
    }

    /// To be told when Redis failed somebody.
    public void open() {
        open = true;
        lookedAt.set(System.nanoTime());
    }

    private void lookAgain() {
        var last = lookedAt.get();
        var now = System.nanoTime();
        if (now - last >= PAUSE_NANOS && lookedAt.compareAndSet(last, now)) {
            Thread.ofVirtual().name("redis-look").start(this::look);
        }
    }

    private void look() {
        try {
            redis.commands().ping();
            open = false;
        } catch (RedisException unavailable) {
            LOG.debug("Redis is still unavailable", unavailable);
        }
    }
}
