package org.aula.auth.limit;

import jakarta.inject.Singleton;
import java.time.Duration;
import org.aula.kernel.error.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts of attempts by key, each over a window that runs from its first. Every attempt is counted
/// in Redis and in this process: while Redis is away the local count holds, so a bound is never open
/// and never an error.
@Singleton
public final class RateLimitCounter {

    private static final Logger LOG = LoggerFactory.getLogger(RateLimitCounter.class);

    private final RedisRateLimitStore shared;
    private final LocalRateLimitStore local;

    RateLimitCounter(RedisRateLimitStore shared, LocalRateLimitStore local) {
        this.shared = shared;
        this.local = local;
    }

    /// The count of a key.
    public RateLimitCount find(String key) {
        try {
            return shared.find(key);
        } catch (StoreUnavailableException away) {
            LOG.debug("the local count of attempts holds", away);
            return local.find(key);
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
        } catch (StoreUnavailableException away) {
            LOG.debug("attempts are counted locally only", away);
            return counted;
        }
    }

    /// Forgets the count of a key.
    public void clear(String key) {
        local.clear(key);
        try {
            shared.clear(key);
        } catch (StoreUnavailableException away) {
            LOG.debug("attempts are forgotten locally only", away);
        }
    }
}
