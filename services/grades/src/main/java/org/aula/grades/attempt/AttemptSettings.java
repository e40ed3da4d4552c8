package org.aula.grades.attempt;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.time.Duration;

/// What `aula.grades` of the service's `application.yml` sets for attempts.
///
/// @param attemptGrace how long after the end of an attempt's time answers are still taken
@ConfigurationProperties("aula.grades")
record AttemptSettings(Duration attemptGrace) {}
