package org.aula.enrollments.bulk;

import io.micronaut.context.annotation.ConfigurationProperties;

/// What `aula.enrollments` of the service's `application.yml` sets for lists.
///
/// @param bulkBatch how many lines of a list go into one transaction
@ConfigurationProperties("aula.enrollments")
record BulkSettings(int bulkBatch) {}
