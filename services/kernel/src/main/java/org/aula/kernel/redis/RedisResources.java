package org.aula.kernel.redis;

import io.lettuce.core.resource.ClientResources;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import jakarta.inject.Singleton;

/// The threads and timers of the Redis client, which end with the context; those that the client would make
/// by itself stay.
@Factory
final class RedisResources {

    @Singleton
    @Primary
    @Bean(preDestroy = "shutdown")
    ClientResources resources() {
        return ClientResources.create();
    }
}
