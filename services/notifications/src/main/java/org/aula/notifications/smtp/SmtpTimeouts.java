package org.aula.notifications.smtp;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.time.Duration;

/// What `aula.smtp` of the service's `application.yml` sets.
///
/// @param connectWithin how long connecting may take
/// @param answerWithin how long each answer of the server may take
@ConfigurationProperties("aula.smtp")
record SmtpTimeouts(Duration connectWithin, Duration answerWithin) {}
