package org.aula.migrate;

import com.nimbusds.jose.util.JSONArrayUtils;
import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The seeded accounts in PostgreSQL. Their passwords are generated once and told in `logins.json` only;
/// the database has their Argon2id hashes.
final class DemoAccounts {

    private static final String FILE = "logins.json";
    private static final int PASSWORD_BYTES = 15;
    private static final int SALT_BYTES = 16;
    // 19 MiB, two passes, one lane: OWASP's minimum for Argon2id, and what the auth service uses.
    private static final Argon2Function ARGON2 = Argon2Function.getInstance(19_456, 2, 1, 32, Argon2.ID);

    private final Secrets secrets;

    DemoAccounts(Secrets secrets) {
        this.secrets = secrets;
    }

    /// Makes the accounts that are absent, and gives a new password to those whose password the file no
    /// longer tells.
    ///
    /// @return how many were made or changed
    int write(Connection connection) throws SQLException {
        Map<String, String> known = passwords();
        List<String> present =
                PostgresServer.strings(connection, "SELECT id::text FROM auth.accounts WHERE deleted_at IS NULL");
        List<Map<String, String>> logins = new ArrayList<>();
        int written = 0;
        connection.setAutoCommit(false);
        for (DemoAccount account : DemoAccount.ALL) {
            String told = known.get(account.email());
            String password = told == null ? Secrets.text(secrets.randomBytes(PASSWORD_BYTES)) : told;
            if (told == null || !present.contains(account.id().toString())) {
                insert(connection, account, password);
                written++;
            }
            logins.add(Map.of("role", account.role(), "email", account.email(), "password", password));
        }
        if (written > 0) {
            secrets.write(FILE, JSONArrayUtils.toJSONString(logins));
        }
        connection.commit();
        connection.setAutoCommit(true);
        return written;
    }

    private Map<String, String> passwords() {
        Map<String, String> passwords = new HashMap<>();
        try {
            for (Object login : JSONArrayUtils.parse(secrets.read(FILE).orElse("[]"))) {
                if (login instanceof Map<?, ?> fields) {
                    passwords.put(String.valueOf(fields.get("email")), String.valueOf(fields.get("password")));
                }
            }
            return passwords;
        } catch (ParseException e) {
            throw new MigrationException(FILE + " is not JSON: " + e.getMessage(), e);
        }
    }

    private void insert(Connection connection, DemoAccount account, String password) throws SQLException {
        String hash = Password.hash(password)
                .addSalt(secrets.randomBytes(SALT_BYTES))
                .with(ARGON2)
                .getResult();
        run(connection, """
                INSERT INTO auth.accounts (id, email, username, password_hash, status)
                VALUES (?::uuid, ?, ?, ?, 'ACTIVE')
                ON CONFLICT (id) DO UPDATE SET password_hash = excluded.password_hash, deleted_at = NULL,
                    version = auth.accounts.version + 1, updated_at = now()
                """, account.id(), account.email(), account.role(), hash);
        run(connection, """
                INSERT INTO auth.account_roles (account_id, role) VALUES (?::uuid, ?) ON CONFLICT DO NOTHING
                """, account.id(), account.role());
        run(connection, """
                INSERT INTO users.users (id, first_name, last_name) VALUES (?::uuid, ?, ?) ON CONFLICT DO NOTHING
                """, account.id(), account.firstName(), account.lastName());
        run(connection, """
                INSERT INTO users.user_preferences (user_id) VALUES (?::uuid) ON CONFLICT DO NOTHING
                """, account.id());
    }

    private static void run(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i].toString());
            }
            statement.executeUpdate();
        }
    }
}
