package org.aula.auth.factor;

import io.micronaut.context.annotation.ConfigurationProperties;

/// What `aula.auth` of the service's `application.yml` sets for second factors.
///
/// @param totpIssuer the platform's name in authenticator apps
@ConfigurationProperties("aula.auth")
record FactorSettings(String totpIssuer) {}
