package org.aula.auth.limit;

import io.micronaut.data.annotation.MappedEntity;
import java.time.Duration;
import java.time.Instant;

/// A row of `rate_limits`.
///
/// @param endsAt when the count is forgotten
@MappedEntity("rate_limits")
record RateLimitWindow(String key, long count, Instant endsAt) {

    RateLimitCount at(Instant now) {
        return new RateLimitCount(count, Duration.between(now, endsAt));
    }
}
