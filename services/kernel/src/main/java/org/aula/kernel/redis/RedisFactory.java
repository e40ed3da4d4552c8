package org.aula.kernel.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.aula.kernel.settings.Settings;

/// The service's own login to Redis. Commands that find no connection fail at once, so that a dead Redis
/// makes things slower and not stuck.
@Factory
final class RedisFactory {

    @Singleton
    @Bean(preDestroy = "shutdown")
    RedisClient client(Settings settings) {
        var uri = RedisURI.create(settings.get("REDIS_URL"));
        uri.setUsername(settings.service());
        uri.setPassword(
                settings.secret("redis/" + settings.service() + ".password").toCharArray());
        uri.setTimeout(Duration.ofSeconds(2));
        uri.setClientName(settings.service());
        var client = RedisClient.create(uri);
        client.setOptions(ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(Duration.ofSeconds(2))
                        .build())
                .build());
        return client;
    }
}
