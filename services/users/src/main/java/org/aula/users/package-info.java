/// People: rows, profiles and settings.
@Configuration
@Requires(property = "aula.service", value = "users")
@NullMarked
package org.aula.users;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
