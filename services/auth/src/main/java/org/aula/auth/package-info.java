/// Accounts, signing in, tokens and their keys.
@Configuration
@Requires(property = "aula.service", value = "auth")
@NullMarked
package org.aula.auth;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
