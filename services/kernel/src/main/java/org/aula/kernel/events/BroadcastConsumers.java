package org.aula.kernel.events;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.aula.kernel.redis.Redis;
import org.aula.kernel.settings.Settings;

/// Makes readers of what every process must hear, see [BroadcastConsumer].
@Singleton
public final class BroadcastConsumers {

    private final Settings settings;
    private final Redis redis;
    private final Clock clock;

    BroadcastConsumers(Settings settings, Redis redis, Clock clock) {
        this.settings = settings;
        this.redis = redis;
        this.clock = clock;
    }

    /// A reader of a domain's stream.
    ///
    /// @param past how far back it begins
    public BroadcastConsumer of(String domain, Duration past, BroadcastConsumer.Listener listener) {
        return new BroadcastConsumer(settings.service(), domain, past, redis, clock, listener);
    }
}
