package org.aula.bff.engine;

import io.micronaut.context.annotation.ConfigurationProperties;

/// What `aula.bff` of the gateway's `application.yml` sets for the engine.
///
/// @param introspection whether clients may ask what the schema is
@ConfigurationProperties("aula.bff")
public record EngineSettings(boolean introspection) {}
