package org.aula.kernel.testing;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.aula.api.common.v1.EventEnvelope;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;

/// Where the engines for tests are (`TEST_POSTGRES_URL`, …), and this JVM's own part of them: a PostgreSQL
/// database cloned from the migrated template, one of Redis's numbered databases, and the databases of
/// MongoDB and ClickHouse that the JVMs with the same `test.fork` use one after the other, where tests make
/// ids of their own.
public final class TestEngines {

    private static final String TEMPLATE = "aula_template";
    private static final String PREFIX = "TEST_";

    /// Which of the JVMs that run tests side by side this is, from 1.
    private static final int FORK = Integer.getInteger("test.fork", 1);

    private static final Map<String, String> ENVIRONMENT = environment();

    /// This JVM's database, made when it is first asked for.
    private static final class OwnDatabase {
        private static final String URL = create();
    }

    private static final class OwnRedis {
        private static final StatefulRedisConnection<String, byte[]> CONNECTION = connect();
    }

    private TestEngines() {}

    /// The environment of a service under test.
    public static Map<String, String> forServices() {
        var environment = new HashMap<String, String>();
        ENVIRONMENT.forEach((name, value) -> environment.put(name.substring(PREFIX.length()), value));
        environment.put("POSTGRES_URL", OwnDatabase.URL);
        environment.put("REDIS_URL", ENVIRONMENT.get("TEST_REDIS_URL") + "/" + redisDatabase());
        environment.put("MONGO_DATABASE", shared());
        environment.put("CLICKHOUSE_DATABASE", shared());
        return environment;
    }

    /// PostgreSQL as the superuser, to look behind the services.
    public static Jdbi superuser() {
        return jdbi(OwnDatabase.URL);
    }

    /// Another database of the same server, as the superuser.
    public static Jdbi superuser(String database) {
        return jdbi(url(database));
    }

    /// The address of another database of the same server.
    public static String url(String database) {
        var server = get("TEST_POSTGRES_URL");
        return server.substring(0, server.lastIndexOf('/') + 1) + database;
    }

    /// One of the settings, such as `TEST_CONTROL_SOCKET`.
    public static String get(String name) {
        var value = ENVIRONMENT.get(name);
        if (value == null) {
            throw new IllegalStateException(
                    name + " is not set: run the tests by `make test`, or start engines by `make test-engines` and read"
                            + " their env file");
        }
        return value;
    }

    private static int redisDatabase() {
        return FORK - 1;
    }

    private static String shared() {
        return FORK == 1 ? TEMPLATE : TEMPLATE + "_" + FORK;
    }

    private static String create() {
        var name = "aula_" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        var postgres = superuser("postgres");
        var migrated =
                postgres.withHandle(handle -> handle.createQuery("SELECT count(*) FROM pg_database WHERE datname = ?")
                        .bind(0, TEMPLATE)
                        .mapTo(Integer.class)
                        .one());
        if (migrated == 0) {
            throw new IllegalStateException("there is no database " + TEMPLATE
                    + ": run the migrate job with POSTGRES_DATABASE, MONGO_DATABASE and CLICKHOUSE_DATABASE set to it");
        }
        postgres.useHandle(handle -> handle.execute("CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE));
        emptyRedis();
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform()
                        .unstarted(() -> postgres.useHandle(
                                handle -> handle.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)"))));
        return url(name);
    }

    /// Streams of an earlier run would be ahead of the new database's positions, and its events be taken
    /// for known.
    private static void emptyRedis() {
        redis().flushdb();
    }

    /// Appends an event to a domain's stream, as the relay of a service that does not run would.
    public static void publish(String domain, EventEnvelope envelope) {
        var stream = "events:{" + domain + "}";
        var newest = redis().xrevrange(stream, Range.unbounded(), Limit.from(1));
        var last =
                newest.isEmpty() ? 0 : Long.parseLong(newest.getFirst().getId().split("-")[0]);
        redis().xadd(stream, new XAddArgs().id((last + 1) + "-0"), Map.of("envelope", envelope.toByteArray()));
    }

    /// Takes a domain's stream away, as another database of an earlier test left it.
    public static void forgetStream(String domain) {
        var stream = "events:{" + domain + "}";
        redis().del(stream, stream + ":epoch");
    }

    /// Commands as the superuser of Redis gives them.
    private static RedisCommands<String, byte[]> redis() {
        return OwnRedis.CONNECTION.sync();
    }

    private static StatefulRedisConnection<String, byte[]> connect() {
        var uri = RedisURI.create(get("TEST_REDIS_URL") + "/" + redisDatabase());
        uri.setUsername("default");
        uri.setPassword(read(Path.of(get("TEST_SECRETS_DIR"), "redis", "default.password"))
                .toCharArray());
        return RedisClient.create(uri).connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE));
    }

    private static Jdbi jdbi(String url) {
        var password = read(Path.of(get("TEST_SECRETS_DIR"), "postgres", "postgres.password"));
        return Jdbi.create(url, "postgres", password).installPlugin(new PostgresPlugin());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static Map<String, String> environment() {
        var environment = new HashMap<String, String>();
        System.getenv().forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                environment.put(name, value);
            }
        });
        return environment;
    }
}
