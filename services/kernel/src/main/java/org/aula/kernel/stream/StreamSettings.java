package org.aula.kernel.stream;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.time.Duration;

/// What `aula.streams` sets.
///
/// @param heartbeat how long a stream says nothing at most; under a minute
/// @param perCaller streams that one caller may have open in this process
@ConfigurationProperties("aula.streams")
record StreamSettings(Duration heartbeat, int perCaller) {}
