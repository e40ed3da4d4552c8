package org.aula.kernel.saga;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.time.Duration;

/// What `aula.saga` sets.
///
/// @param lease how long a saga is a replica's own without a sign of life
@ConfigurationProperties("aula.saga")
record SagaSettings(Duration lease) {}
