package org.aula.analytics.clickhouse;

import com.clickhouse.client.api.Client;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.temporal.ChronoUnit;
import org.aula.kernel.settings.Settings;

/// The service's own login to ClickHouse (`CLICKHOUSE_URL`, `CLICKHOUSE_DATABASE`). It connects when it is
/// first used.
@Factory
final class ClickHouseFactory {

    @Singleton
    @Bean(preDestroy = "close")
    Client client(Settings settings) {
        return new Client.Builder()
                .addEndpoint(settings.get("CLICKHOUSE_URL"))
                .setUsername(settings.get("CLICKHOUSE_USER", "aula"))
                .setPassword(settings.secret("clickhouse/aula.password"))
                .setDefaultDatabase(settings.get("CLICKHOUSE_DATABASE", "aula"))
                .setClientName("aula-" + settings.service())
                .setConnectTimeout(2, ChronoUnit.SECONDS)
                .setSocketTimeout(10, ChronoUnit.SECONDS)
                .setMaxConnections(10)
                .setMaxRetries(0)
                .build();
    }
}
