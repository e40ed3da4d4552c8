package org.aula.enrollments.bulk;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.time.Duration;

/// What `aula.enrollments` of the service's `application.yml` sets for lists.
///
/// @param bulkBatch how many lines of a list go into one transaction
/// @param listsKept how long a list is kept, which may hold addresses
@ConfigurationProperties("aula.enrollments")
record BulkSettings(int bulkBatch, Duration listsKept) {}
