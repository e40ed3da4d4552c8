package org.aula.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UpDownUpTest {

    private static final String TABLES = """
            SELECT schemaname || '.' || tablename FROM pg_tables
            WHERE schemaname NOT LIKE 'pg\\_%' AND schemaname <> 'information_schema'
                AND tablename NOT LIKE 'databasechangelog%'
            """;

    @Test
    void postgresqlComesUpGoesDownAndComesUpAgain() throws SQLException {
        try (MigratedPostgres postgres = MigratedPostgres.start(true);
                Connection connection = postgres.superuser()) {
            var first = PostgresServer.strings(connection, TABLES);
            int taken = new PostgresMigration(postgres.settings, postgres.secrets, postgres.matrix).rollback();

            assertThat(taken).isGreaterThan(50);
            assertThat(PostgresServer.strings(connection, TABLES)).isEmpty();

            postgres.migrate();
            assertThat(PostgresServer.strings(connection, TABLES)).containsExactlyInAnyOrderElementsOf(first);
        }
    }

    @Test
    void mongodbComesUpGoesDownAndComesUpAgain() {
        Settings settings = TestEngines.settings(true);
        MongoMigration migration = new MongoMigration(settings, AccessMatrix.load());
        try (MongoClient client = MongoClients.create(settings.mongoUrl())) {
            var database = client.getDatabase(settings.mongoDatabase());
            String first = migration.migrate();
            assertThat(first).doesNotStartWith("0 change sets");
            assertThat(first).startsWith(migration.rollback() + " change sets");
            assertThat(database.listCollectionNames().into(new HashSet<>()))
                    .doesNotContain("user_profiles", "user_settings", "lesson_contents", "content_assets");
            assertThat(migration.migrate()).isEqualTo(first).contains("8 demo documents");
            assertThat(migration.migrate()).startsWith("0 change sets").contains("0 demo documents");
            database.drop();
        }
    }

    @Test
    void clickhouseComesUpGoesDownAndComesUpAgain() throws SQLException {
        Settings settings = TestEngines.settings(false);
        Secrets secrets = new Secrets(settings.secrets());
        ClickHouseMigration migration = new ClickHouseMigration(settings, secrets, AccessMatrix.load());

        assertThat(migration.migrate()).isEqualTo("3 files applied");
        assertThat(migration.migrate()).isEqualTo("0 files applied");
        assertThat(migration.rollback()).isEqualTo(3);
        assertThat(migration.migrate()).isEqualTo("3 files applied");

        String password = secrets.password("clickhouse", settings.clickhouseUser());
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:clickhouse:" + settings.clickhouseUrl(), settings.clickhouseUser(), password);
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE " + settings.clickhouseDatabase());
        }
    }

    @Test
    void twoJobsAtOnceFollowEachOther() throws Exception {
        try (MigratedPostgres postgres = MigratedPostgres.start(false);
                Connection connection = postgres.superuser()) {
            new PostgresMigration(postgres.settings, postgres.secrets, postgres.matrix).rollback();
            for (Process job : List.of(job(postgres.settings), job(postgres.settings))) {
                assertThat(job.waitFor()).isZero();
            }
            assertThat(PostgresServer.strings(connection, "SELECT count(*) FROM auth.roles"))
                    .containsExactly("4");
        }
    }

    private static Process job(Settings settings) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Migrate.class.getName(),
                        "--store=postgres")
                .inheritIO();
        builder.environment()
                .putAll(Map.of(
                        "POSTGRES_URL",
                        settings.postgresUrl(),
                        "POSTGRES_DATABASE",
                        settings.postgresDatabase(),
                        "SECRETS_DIR",
                        settings.secrets().toString()));
        return builder.start();
    }
}
