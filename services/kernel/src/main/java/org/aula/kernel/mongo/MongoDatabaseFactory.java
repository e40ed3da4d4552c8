package org.aula.kernel.mongo;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import org.aula.kernel.settings.Settings;

/// The service's database in MongoDB, over the client that Micronaut makes of `mongodb.*`.
@Factory
@Requires(property = "mongodb.uri")
final class MongoDatabaseFactory {

    @Singleton
    MongoDatabase database(MongoClient client, Settings settings) {
        return client.getDatabase(settings.get("MONGO_DATABASE", "aula"));
    }
}
