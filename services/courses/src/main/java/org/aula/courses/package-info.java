/// Courses: what is taught, from the first draft to the catalog. One package for each resource, one for
/// imports.
@Configuration
@Requires(property = "aula.service", value = "courses")
@NullMarked
package org.aula.courses;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
