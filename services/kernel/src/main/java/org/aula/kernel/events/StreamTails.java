package org.aula.kernel.events;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.aula.kernel.redis.Redis;
import org.aula.kernel.settings.Settings;

/// Makes readers of what every process must hear, see [StreamTail].
@Singleton
public final class StreamTails {

    private final Settings settings;
    private final Redis redis;
    private final Clock clock;

    StreamTails(Settings settings, Redis redis, Clock clock) {
        this.settings = settings;
        this.redis = redis;
        this.clock = clock;
    }

    /// A reader of a domain's stream.
    ///
    /// @param past how far back it begins
    public StreamTail of(String domain, Duration past, StreamTail.Listener listener) {
        return new StreamTail(settings.service(), domain, past, redis, clock, listener);
    }
}
