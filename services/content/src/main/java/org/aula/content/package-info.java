/// Files and who may read them. The beans below exist only where this service runs.
@Configuration
@Requires(property = "aula.service", value = "content")
@NullMarked
package org.aula.content;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
