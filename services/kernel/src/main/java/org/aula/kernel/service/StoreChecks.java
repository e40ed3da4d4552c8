package org.aula.kernel.service;

import com.mongodb.client.MongoDatabase;
import com.zaxxer.hikari.HikariDataSource;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.aula.kernel.redis.Redis;
import org.aula.kernel.server.GrpcServer;
import org.aula.kernel.settings.Settings;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks every store that the service uses (`aula.stores` in its `application.yml`) every two seconds
/// whether it answers, and tells: as gRPC health under `store.<name>`, and by the admin port. A store that
/// is unavailable degrades the service and does not stop it.
@Singleton
final class StoreChecks {

    private static final Logger LOG = LoggerFactory.getLogger(StoreChecks.class);
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final Settings settings;
    private final List<String> stores;
    private final BeanProvider<DataSource> postgres;
    private final BeanProvider<MongoDatabase> mongo;
    private final BeanProvider<Redis> redis;
    private final Collection<StoreCheck> others;
    private final GrpcServer server;
    private final Map<String, Boolean> up = new ConcurrentHashMap<>();
    private @Nullable Thread thread;

    StoreChecks(
            Settings settings,
            @Value("${aula.stores:}") List<String> stores,
            BeanProvider<DataSource> postgres,
            BeanProvider<MongoDatabase> mongo,
            BeanProvider<Redis> redis,
            Collection<StoreCheck> others,
            GrpcServer server) {
        this.settings = settings;
        this.stores = stores;
        this.postgres = postgres;
        this.mongo = mongo;
        this.redis = redis;
        this.others = others;
        this.server = server;
    }

    void start() {
        thread = Thread.ofVirtual().name("store-checks-" + settings.service()).start(this::loop);
    }

    void stop() {
        var running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    /// Each store and whether it answered last time.
    Map<String, Boolean> states() {
        return new TreeMap<>(up);
    }

    private void loop() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                stores.forEach(this::check);
                Thread.sleep(EVERY);
            }
        } catch (InterruptedException stopped) {
            // Stopping is what interrupts.
        }
    }

    private void check(String store) {
        var answers = answers(store);
        var before = up.put(store, answers);
        server.health().setStatus("store." + store, answers ? ServingStatus.SERVING : ServingStatus.NOT_SERVING);
        if (before == null ? !answers : before != answers) {
            LOG.warn(
                    "{}: the store {} {}",
                    settings.service(),
                    store,
                    answers ? "is available again" : "is unavailable");
        }
    }

    private boolean answers(String store) {
        try {
            switch (store) {
                case "postgres" -> checkPostgres();
                case "mongo" -> mongo.get().runCommand(new Document("ping", 1));
                case "redis" -> redis.get().commands().ping();
                default -> other(store).check();
            }
            return true;
        } catch (RuntimeException | SQLException unavailable) {
            return false;
        }
    }

    private void checkPostgres() throws SQLException {
        try (var connection = postgres.get().unwrap(HikariDataSource.class).getConnection();
                var statement = connection.prepareStatement("SELECT 1")) {
            statement.execute();
        }
    }

    private StoreCheck other(String store) {
        return others.stream()
                .filter(check -> check.store().equals(store))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no check for the store " + store));
    }
}
