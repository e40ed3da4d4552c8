package org.aula.auth.registration;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.time.Duration;

/// What `aula.auth` of the service's `application.yml` sets.
///
/// @param registrationWithin how long the users service may take before a registration is taken back
/// @param registrationWait how long Register waits for the outcome
@ConfigurationProperties("aula.auth")
record RegistrationSettings(Duration registrationWithin, Duration registrationWait) {}
