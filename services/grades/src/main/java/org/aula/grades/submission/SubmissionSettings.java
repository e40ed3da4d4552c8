package org.aula.grades.submission;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.time.Duration;

/// What `aula.grades` of the service's `application.yml` sets for submissions.
///
/// @param uploadsKept how long a file stays that no submission names
@ConfigurationProperties("aula.grades")
record SubmissionSettings(Duration uploadsKept) {}
