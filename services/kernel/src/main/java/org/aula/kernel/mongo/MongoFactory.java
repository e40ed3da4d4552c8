package org.aula.kernel.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import org.aula.kernel.settings.Settings;

/// The service's way to MongoDB. It connects when it is first used, so that a service starts without it; a
/// server that does not answer within two seconds is away.
@Factory
final class MongoFactory {

    private static final int AWAY_AFTER_MILLIS = 2_000;

    @Singleton
    @Bean(preDestroy = "close")
    MongoClient client(Settings settings) {
        return MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(settings.get("MONGO_URL")))
                .applicationName(settings.service())
                .applyToClusterSettings(
                        cluster -> cluster.serverSelectionTimeout(AWAY_AFTER_MILLIS, TimeUnit.MILLISECONDS))
                .applyToSocketSettings(socket -> socket.connectTimeout(AWAY_AFTER_MILLIS, TimeUnit.MILLISECONDS)
                        .readTimeout(10, TimeUnit.SECONDS))
                .applyToConnectionPoolSettings(
                        pool -> pool.maxSize(20).maxWaitTime(AWAY_AFTER_MILLIS, TimeUnit.MILLISECONDS))
                .build());
    }

    @Singleton
    MongoDatabase database(MongoClient client, Settings settings) {
        return client.getDatabase(settings.get("MONGO_DATABASE", "aula"));
    }
}
