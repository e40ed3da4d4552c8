package org.aula.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONArrayUtils;
import com.password4j.Argon2Function;
import com.password4j.Password;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {

    @TempDir
    private Path folder;

    @Test
    void seededAccountsKeepThePasswordsThatTheFileTells() throws Exception {
        try (MigratedPostgres postgres = MigratedPostgres.start(true);
                Connection connection = postgres.superuser()) {
            Secrets secrets = new Secrets(folder);
            assertThat(new DemoAccounts(secrets).write(connection)).isEqualTo(4);
            assertThat(new DemoAccounts(secrets).write(connection)).isZero();

            for (Object login : JSONArrayUtils.parse(secrets.read("logins.json").orElseThrow())) {
                Map<?, ?> fields = (Map<?, ?>) login;
                String hash = PostgresServer.strings(
                                connection,
                                "SELECT password_hash FROM auth.accounts WHERE email = '" + fields.get("email") + "'")
                        .getFirst();
                assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
                assertThat(Password.check((String) fields.get("password"), hash)
                                .with(Argon2Function.getInstanceFromHash(hash)))
                        .isTrue();
                assertThat(PostgresServer.strings(connection, """
                        SELECT role FROM auth.account_roles JOIN users.users ON id = account_id
                            JOIN auth.accounts USING (id) WHERE email = '%s'
                        """.formatted(fields.get("email"))))
                        .containsExactly((String) fields.get("role"));
            }
        }
    }

    @Test
    void nothingIsSeededWithoutDemo() throws Exception {
        try (MigratedPostgres postgres = MigratedPostgres.start(false);
                Connection connection = postgres.superuser()) {
            assertThat(PostgresServer.strings(connection, """
                    SELECT id FROM auth.accounts UNION ALL SELECT id FROM courses.course_categories
                    """)).isEmpty();
        }
    }

    @Test
    void secretsAreMadeOnceAndReadByTheirOwnerOnly() throws Exception {
        Secrets secrets = new Secrets(folder);
        String first = secrets.password("postgres", "auth");
        assertThat(secrets.password("postgres", "auth")).isEqualTo(first).hasSizeGreaterThan(40);
        Path file = folder.resolve("postgres/auth.password");
        assertThat(Files.getPosixFilePermissions(file).toString()).isEqualTo("[OWNER_READ, OWNER_WRITE]");
    }
}
