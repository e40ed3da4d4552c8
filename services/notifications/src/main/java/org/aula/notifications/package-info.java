/// Emails to people.
@Configuration
@Requires(property = "aula.service", value = "notifications")
@NullMarked
package org.aula.notifications;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
