package org.aula.auth.limit;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.aula.kernel.error.StoreUnavailableException;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.postgres.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts of attempts by key, each over a window that runs from its first. Every attempt is counted in Redis
/// and in this process. While Redis is unavailable PostgreSQL counts for all replicas, and the higher of its
/// count and the process's holds, since the process remembers what came before: so a bound is never open.
@Singleton
public final class RateLimitCounter {

    private static final Logger LOG = LoggerFactory.getLogger(RateLimitCounter.class);

    private final RedisRateLimitStore shared;
    private final RateLimitRepository stored;
    private final LocalRateLimitStore local;
    private final Database database;
    private final Clock clock;

    RateLimitCounter(
            RedisRateLimitStore shared,
            RateLimitRepository stored,
            LocalRateLimitStore local,
            Database database,
            Clock clock) {
        this.shared = shared;
        this.stored = stored;
        this.local = local;
        this.database = database;
        this.clock = clock;
    }

    /// The count of a key.
    public RateLimitCount find(String key) {
        try {
            return shared.find(key);
        } catch (StoreUnavailableException unavailable) {
            LOG.debug("attempts are looked up in PostgreSQL", unavailable);
            var now = clock.instant();
            var counted = inTransaction(() -> stored.find(key, now));
            return local.find(key)
                    .orHigher(counted.map(window -> window.at(now)).orElse(RateLimitCount.NONE));
        }
    }

    /// Counts one more.
    ///
    /// @param window begins with the first attempt of a key
    /// @return the count with this one in it
    public RateLimitCount add(String key, Duration window) {
        var counted = local.add(key, window);
        try {
            return shared.add(key, window);
        } catch (StoreUnavailableException unavailable) {
            LOG.debug("attempts are counted in PostgreSQL", unavailable);
            var now = clock.instant();
            return counted.orHigher(
                    inTransaction(() -> stored.add(key, now, now.plus(window))).at(now));
        }
    }

    /// Forgets the count of a key.
    public void clear(String key) {
        local.clear(key);
        try {
            shared.clear(key);
        } catch (StoreUnavailableException unavailable) {
            LOG.debug("attempts are forgotten in PostgreSQL", unavailable);
            inTransaction(() -> {
                stored.clear(key);
                return true;
            });
        }
    }

    /// In the caller's transaction where there is one: another would take a second connection from the pool.
    private <T> T inTransaction(Supplier<T> work) {
        return Session.isOpen() ? work.get() : database.transact(work);
    }
}
