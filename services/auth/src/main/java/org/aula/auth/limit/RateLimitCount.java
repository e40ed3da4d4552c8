package org.aula.auth.limit;

import java.time.Duration;

/// How often something was tried in the window that runs.
///
/// @param left what is left of the window
public record RateLimitCount(long count, Duration left) {

    static final RateLimitCount NONE = new RateLimitCount(0, Duration.ZERO);

    RateLimitCount orHigher(RateLimitCount other) {
        return other.count > count ? other : this;
    }
}
