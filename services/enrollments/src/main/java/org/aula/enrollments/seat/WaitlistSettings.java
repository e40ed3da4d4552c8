package org.aula.enrollments.seat;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.time.Duration;

/// What `aula.enrollments` of the service's `application.yml` sets for waitlists.
///
/// @param waitlistOfferLife how long a free seat is kept for the person whom it was offered
@ConfigurationProperties("aula.enrollments")
record WaitlistSettings(Duration waitlistOfferLife) {}
