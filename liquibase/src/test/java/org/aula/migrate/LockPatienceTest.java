package org.aula.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Somebody reads a table for long, as a dump does, while the job wants to change it.
class LockPatienceTest {

    private final Settings settings = TestEngines.settings(false);
    private final PostgresServer server = new PostgresServer(settings, new Secrets(settings.secrets()));

    @Test
    void theJobWaitsInShortTurnsAndSaysForWhom() throws SQLException {
        try (Connection job = server.connect("postgres");
                Connection reader = server.connect("postgres")) {
            PostgresServer.execute(job, "CREATE TABLE patience (id int)");
            PostgresServer.execute(reader, "SET application_name = 'nightly dump'", "BEGIN", "TABLE patience");
            var said = new ByteArrayOutputStream();
            // The reader ends when the job has said that it waits.
            var out = new PrintStream(said, true, StandardCharsets.UTF_8) {
                @Override
                public PrintStream printf(String format, Object... values) {
                    PostgresServer.execute(reader, "COMMIT");
                    return super.printf(format, values);
                }
            };
            try {
                assertThatThrownBy(() -> change(job, new LockPatience(1, Duration.ZERO, out)))
                        .isInstanceOf(MigrationException.class)
                        .hasMessageContaining("nightly dump")
                        .hasMessageContaining("Run the job again");
                assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();

                assertThat(change(job, new LockPatience(2, Duration.ZERO, out))).isTrue();
                assertThat(said.toString(StandardCharsets.UTF_8)).contains("in use by process", "nightly dump");
            } finally {
                PostgresServer.execute(job, "DROP TABLE patience");
            }
        }
    }

    private static boolean change(Connection job, LockPatience patience) {
        return patience.run(job, () -> {
            PostgresServer.execute(job, "ALTER TABLE patience ADD COLUMN name text");
            return true;
        });
    }
}
