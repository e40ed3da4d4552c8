package org.aula.auth.partner;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.time.Duration;

/// What `aula.auth` of the service's `application.yml` sets.
///
/// @param partnerTokenLife how long an access token of a partner is good
@ConfigurationProperties("aula.auth")
record PartnerSettings(Duration partnerTokenLife) {}
