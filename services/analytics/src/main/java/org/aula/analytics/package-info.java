/// What happened, counted. The beans below exist only where this service runs.
@Configuration
@Requires(property = "aula.service", value = "analytics")
@NullMarked
package org.aula.analytics;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
