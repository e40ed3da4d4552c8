package org.aula.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Engines that somebody else set up are told what is wrong with them, and what to do.
class EngineRulesTest {

    private static final Map<String, String> POSTGRES = Map.of(
            "server_version_num",
            "180006",
            "server_encoding",
            "UTF8",
            "max_connections",
            "200",
            "wal_level",
            "replica",
            "fsync",
            "on",
            "é",
            "t",
            "citext",
            "1.8",
            "pg_trgm",
            "1.6",
            "vector",
            "0.8.6");
    private static final Map<String, String> REDIS = Map.of(
            "redis_version",
            "7.2.4",
            "role",
            "master",
            "cluster_enabled",
            "0",
            "appendonly",
            "yes",
            "save",
            "",
            "maxmemory-policy",
            "noeviction");
    private static final Map<String, String> MONGO = Map.of("version", "8.0.4", "setName", "rs0");

    private static final String FRONTEND = "https://campus.example";
    private static final Map<String, String> OBJECT_STORE = Map.of(
            "upload",
            "200",
            "wrong",
            "400",
            "unsigned",
            "403",
            "allow-origin",
            FRONTEND,
            "allow-methods",
            "GET, PUT",
            "allow-headers",
            "Content-Type, X-Amz-Checksum-Sha256");

    @Test
    @Tag("fast")
    void goodEnginesAreToldNothing() {
        assertThat(EngineRules.postgres(POSTGRES, 9)).isEmpty();
        assertThat(EngineRules.redis(REDIS)).isEmpty();
        assertThat(EngineRules.mongo(MONGO)).isEmpty();
        assertThat(EngineRules.objectStore(OBJECT_STORE, FRONTEND)).isEmpty();
        assertThat(EngineRules.clickHouse(Map.of("readonly", "0", "max_partitions_per_insert_block", "100")))
                .isEmpty();
    }

    @Test
    @Tag("fast")
    void whatAnEngineDoesNotTellIsPassedOver() {
        assertThat(EngineRules.redis(Map.of("redis_version", "8.0.1"))).isEmpty();
        assertThat(EngineRules.clickHouse(Map.of())).isEmpty();
    }

    @ParameterizedTest
    @Tag("fast")
    @CsvSource({
        "server_version_num, 170004, older than 18",
        "server_encoding, LATIN1, not in UTF8",
        "é, f, builtin",
        "vector, 0.7.4, install a newer one"
    })
    void postgresThatCannotWorkIsRefused(String fact, String value, String why) {
        assertThatThrownBy(() -> EngineRules.postgres(with(POSTGRES, fact, value), 9))
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining(why)
                .hasMessageContaining("POSTGRES_URL");
    }

    @Test
    @Tag("fast")
    void anExtensionThatIsMissingIsNamed() {
        var facts = new HashMap<>(POSTGRES);
        facts.remove("vector");

        assertThatThrownBy(() -> EngineRules.postgres(facts, 9)).hasMessageContaining("no extension vector");
    }

    @ParameterizedTest
    @Tag("fast")
    @CsvSource({
        "max_connections, 40, raise max_connections",
        "wal_level, minimal, set it to replica",
        "fsync, off, a crash may destroy it",
        "log_error_verbosity, default, set log_error_verbosity = terse",
        "log_min_duration_statement, 1000, log_parameter_max_length = 0"
    })
    void postgresThatWillHurtIsTold(String fact, String value, String advice) {
        assertThat(EngineRules.postgres(with(POSTGRES, fact, value), 9))
                .singleElement()
                .asString()
                .contains(advice);
    }

    @ParameterizedTest
    @Tag("fast")
    @CsvSource({
        "redis_version, 6.2.1, older than 7",
        "cluster_enabled, 1, is a cluster",
        "role, slave, name its primary"
    })
    void redisThatCannotWorkIsRefused(String fact, String value, String why) {
        assertThatThrownBy(() -> EngineRules.redis(with(REDIS, fact, value))).hasMessageContaining(why);
    }

    @ParameterizedTest
    @Tag("fast")
    @CsvSource({
        "appendonly, no, set appendonly yes",
        "maxmemory-policy, allkeys-lru, volatile-lru",
        "maxmemory, 1073741824, volatile-lru"
    })
    void redisThatWillHurtIsTold(String fact, String value, String advice) {
        assertThat(EngineRules.redis(with(REDIS, fact, value)))
                .singleElement()
                .asString()
                .contains(advice);
    }

    @Test
    @Tag("fast")
    void mongoAloneIsToldAndOneThatAcknowledgesNothingIsRefused() {
        assertThat(EngineRules.mongo(Map.of("version", "8.0.4")))
                .singleElement()
                .asString()
                .contains("replica set");
        assertThatThrownBy(() -> EngineRules.mongo(with(MONGO, "w", "0"))).hasMessageContaining("take w=0 out");
        assertThatThrownBy(() -> EngineRules.mongo(with(MONGO, "version", "6.0.1")))
                .hasMessageContaining("older than 7");
    }

    @Test
    @Tag("fast")
    void clickHouseWhoseUserCannotChangeSettingsIsRefused() {
        assertThatThrownBy(() -> EngineRules.clickHouse(Map.of("readonly", "1")))
                .hasMessageContaining("change no setting");
        assertThatThrownBy(() -> EngineRules.clickHouse(Map.of("max_partitions_per_insert_block", "50")))
                .hasMessageContaining("to 100");
    }

    @ParameterizedTest
    @Tag("fast")
    @CsvSource({
        "upload, 403, S3_PUBLIC_ENDPOINT must name it",
        "unsigned, 200, take its public access away",
        "wrong, 200, does not compare an upload"
    })
    void anObjectStoreThatCannotWorkOrHidesNothingIsRefused(String fact, String value, String why) {
        assertThatThrownBy(() -> EngineRules.objectStore(with(OBJECT_STORE, fact, value), FRONTEND))
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @Tag("fast")
    @CsvSource({
        "allow-origin, https://other.example, refuses browsers of https://campus.example",
        "allow-methods, GET, PUT and GET as AllowedMethods",
        "allow-headers, Content-Type, x-amz-checksum-sha256 as AllowedHeaders"
    })
    void anObjectStoreThatWillHurtIsTold(String fact, String value, String advice) {
        assertThat(EngineRules.objectStore(with(OBJECT_STORE, fact, value), FRONTEND))
                .singleElement()
                .asString()
                .contains(advice);
    }

    @Test
    @Tag("fast")
    void anObjectStoreThatIsNotReachedByItsPublicAddressIsTold() {
        assertThat(EngineRules.objectStore(Map.of("unreachable", "https://files.example"), FRONTEND))
                .singleElement()
                .asString()
                .contains("https://files.example");
    }

    /// As an initdb under LC_ALL=C makes it.
    @Test
    void aDatabaseThatKnowsNoLettersWithAccentsIsRefusedBeforeAnythingIsMade() throws SQLException {
        Settings settings = TestEngines.settings(false);
        Secrets secrets = new Secrets(settings.secrets());
        PostgresServer server = new PostgresServer(settings, secrets);
        String name = settings.postgresDatabase();
        try (Connection connection = server.connect("postgres")) {
            PostgresServer.execute(
                    connection, "CREATE DATABASE " + name + " TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C'");
            try {
                var migration = new PostgresMigration(settings, secrets, AccessMatrix.load());
                assertThatThrownBy(migration::migrate).hasMessageContaining("letters with accents");
                try (Connection made = server.connect(name)) {
                    assertThat(PostgresServer.strings(made, "SELECT extname FROM pg_extension"))
                            .isEqualTo(List.of("plpgsql"));
                }
            } finally {
                PostgresServer.execute(connection, "DROP DATABASE " + name + " WITH (FORCE)");
            }
        }
    }

    private static Map<String, String> with(Map<String, String> facts, String fact, String value) {
        var changed = new HashMap<>(facts);
        changed.put(fact, value);
        return changed;
    }
}
