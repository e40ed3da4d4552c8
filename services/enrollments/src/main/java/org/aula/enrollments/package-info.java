/// Who learns what, and how far they are. The beans below exist only where this service runs.
@Configuration
@Requires(property = "aula.service", value = "enrollments")
@NullMarked
package org.aula.enrollments;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
