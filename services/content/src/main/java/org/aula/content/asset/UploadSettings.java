package org.aula.content.asset;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.time.Duration;

/// What `aula.content` of the service's `application.yml` sets for uploads.
///
/// @param uploadsKept how long an announced upload may take to be completed
@ConfigurationProperties("aula.content")
record UploadSettings(Duration uploadsKept) {}
