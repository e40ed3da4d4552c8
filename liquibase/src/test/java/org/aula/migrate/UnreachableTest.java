package org.aula.migrate;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("fast")
class UnreachableTest {

    @TempDir
    private Path folder;

    @Test
    void engineThatDoesNotAnswerIsNamedWithItsAddress() {
        // Port 1 is reserved and nothing listens there.
        Settings settings = Settings.from(
                Map.of("POSTGRES_URL", "jdbc:postgresql://127.0.0.1:1/aula", "SECRETS_DIR", folder.toString()));
        assertThatThrownBy(() -> new Migrate(settings, System.out).run(Optional.empty()))
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/")
                .hasMessageContaining("POSTGRES_URL");
    }

    @Test
    void clickhouseThatDoesNotAnswerIsNamedWithItsAddress() {
        Settings settings =
                Settings.from(Map.of("CLICKHOUSE_URL", "http://127.0.0.1:1", "SECRETS_DIR", folder.toString()));
        var migration = new ClickHouseMigration(settings, new Secrets(folder), AccessMatrix.load());
        assertThatThrownBy(migration::migrate)
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("http://127.0.0.1:1");
    }

    @Test
    void redisThatDoesNotAnswerIsNamedWithItsAddress() {
        Settings settings = Settings.from(Map.of("REDIS_URL", "redis://127.0.0.1:1", "SECRETS_DIR", folder.toString()));
        var migration = new RedisMigration(settings, new Secrets(folder), AccessMatrix.load());
        assertThatThrownBy(migration::migrate)
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("127.0.0.1:1");
    }

    @Test
    void objectStoreThatDoesNotAnswerIsNamedWithItsAddress() {
        Secrets secrets = new Secrets(folder);
        secrets.write("s3/access-key", "key");
        secrets.write("s3/secret-key", "secret");
        Settings settings =
                Settings.from(Map.of("S3_ENDPOINT", "http://127.0.0.1:1", "SECRETS_DIR", folder.toString()));
        assertThatThrownBy(new ObjectStoreMigration(settings, secrets)::migrate)
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("http://127.0.0.1:1")
                .hasMessageContaining("S3_ENDPOINT");
    }

    @Test
    void variableThatIsAbsentIsNamed() {
        assertThatThrownBy(() -> Settings.from(Map.of()))
                .isInstanceOf(MigrationException.class)
                .hasMessage("The environment variable SECRETS_DIR is not set.");
    }
}
