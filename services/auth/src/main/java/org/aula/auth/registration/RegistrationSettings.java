package org.aula.auth.registration;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.time.Duration;

/// What `aula.auth` of the service's `application.yml` sets.
///
/// @param registrationWithin how long the users service may take before a registration is taken back
/// @param registrationWait how long Register waits for the outcome
/// @param registrationWindow the time over which registrations are counted, from the first; at most an hour
/// @param registrationsPerAddress registrations in it from one address of the net
/// @param registrationsPerNet registrations in it from the net around an address
@ConfigurationProperties("aula.auth")
record RegistrationSettings(
        Duration registrationWithin,
        Duration registrationWait,
        Duration registrationWindow,
        int registrationsPerAddress,
        int registrationsPerNet) {}
