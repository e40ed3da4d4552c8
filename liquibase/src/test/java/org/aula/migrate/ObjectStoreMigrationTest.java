package org.aula.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectStoreMigrationTest {

    private final String bucket = "aula-migrate-" + UUID.randomUUID();
    private final Map<String, String> environment = new HashMap<>(TestEngines.variables());

    @TempDir
    private Path folder;

    @Test
    void aBucketThatIsAbsentIsMadeAndLeftEmpty() {
        environment.put("S3_BUCKET", bucket);
        Settings settings = Settings.from(environment);
        var migration = new ObjectStoreMigration(settings, new Secrets(settings.secrets()));
        try (var client = migration.client()) {
            try {
                assertThat(migration.migrate()).contains(bucket + " made");
                assertThat(migration.migrate()).contains(bucket + " is there");
                assertThat(client.listObjectsV2(request -> request.bucket(bucket))
                                .contents())
                        .isEmpty();
            } finally {
                client.deleteBucket(request -> request.bucket(bucket));
            }
        }
    }

    @Test
    void keysThatItDoesNotTakeAreNamed() {
        Secrets secrets = new Secrets(folder);
        secrets.write("s3/access-key", "nobody");
        secrets.write("s3/secret-key", "secret");
        var migration = new ObjectStoreMigration(Settings.from(environment), secrets);

        assertThatThrownBy(migration::migrate)
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("SECRETS_DIR/s3/access-key");
    }

    @Test
    void aKeyThatIsNotThereIsNamed() {
        var migration = new ObjectStoreMigration(Settings.from(environment), new Secrets(folder));

        assertThatThrownBy(migration::migrate)
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("SECRETS_DIR/s3/access-key");
    }
}
