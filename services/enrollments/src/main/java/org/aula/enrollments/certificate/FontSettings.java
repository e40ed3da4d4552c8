package org.aula.enrollments.certificate;

import io.micronaut.context.annotation.ConfigurationProperties;

/// What `aula.enrollments` of the service's `application.yml` sets for certificates.
///
/// @param certificateFont path of a TrueType file for names in scripts that Liberation Sans lacks; empty for
///     none
@ConfigurationProperties("aula.enrollments")
record FontSettings(String certificateFont) {}
