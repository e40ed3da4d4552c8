/// The GraphQL gateway: one endpoint for the screens of frontend teams, over the services' gRPC contracts.
@Configuration
@Requires(property = "aula.service", value = "bff")
@NullMarked
package org.aula.bff;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
