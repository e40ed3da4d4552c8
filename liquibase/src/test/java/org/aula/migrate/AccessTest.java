package org.aula.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AccessTest {

    private static MigratedPostgres postgres;

    @BeforeAll
    static void migrate() {
        postgres = MigratedPostgres.start(false);
    }

    @AfterAll
    static void drop() throws SQLException {
        postgres.close();
    }

    @Test
    void catalogHoldsExactlyTheMatrix() throws SQLException {
        try (Connection connection = postgres.superuser()) {
            assertThat(access().drift(connection)).isEmpty();
        }
    }

    @Test
    void rightsBesideTheMatrixAreToldAndTakenAway() throws SQLException {
        try (Connection connection = postgres.superuser()) {
            PostgresServer.execute(
                    connection,
                    "GRANT SELECT ON auth.accounts TO content",
                    "GRANT UPDATE (status) ON auth.accounts TO users",
                    "GRANT SELECT ON users.users TO PUBLIC",
                    "REVOKE INSERT ON courses.outbox FROM courses");

            assertThat(access().drift(connection))
                    .containsExactlyInAnyOrder(
                            "missing courses: INSERT on courses.outbox",
                            "too much PUBLIC: SELECT on users.users",
                            "too much content: SELECT on auth.accounts",
                            "too much users: UPDATE on auth.accounts.status");

            access().apply(connection, postgres.settings.postgresDatabase());
            assertThat(access().drift(connection)).isEmpty();
        }
    }

    @Test
    void serviceCannotReadTheTableOfAnother() throws SQLException {
        try (Connection content = postgres.as("content")) {
            assertThatThrownBy(() -> PostgresServer.strings(content, "SELECT email FROM auth.accounts"))
                    .hasMessageContaining("permission denied for schema auth");
        }
        try (Connection users = postgres.as("users")) {
            assertThatThrownBy(() -> PostgresServer.strings(users, "SELECT email FROM auth.accounts"))
                    .hasMessageContaining("permission denied for schema auth");
            assertThat(PostgresServer.strings(users, "SELECT count(*) FROM auth_api.accounts"))
                    .hasSize(1);
        }
    }

    @Test
    void serviceCannotChangeItsSchema() throws SQLException {
        try (Connection auth = postgres.as("auth")) {
            assertThatThrownBy(() -> PostgresServer.execute(auth, "CREATE TABLE auth.more (id int)"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> PostgresServer.execute(auth, "TRUNCATE auth.roles"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void serviceAddsToItsHistoriesAndChangesNothingInThem() throws SQLException {
        try (Connection grades = postgres.as("grades")) {
            assertThat(PostgresServer.strings(grades, "SELECT id FROM grades.score_changes"))
                    .isEmpty();
            assertThatThrownBy(() -> PostgresServer.execute(grades, "UPDATE grades.score_changes SET to_score = 10"))
                    .hasMessageContaining("permission denied for table score_changes");
            assertThatThrownBy(() -> PostgresServer.execute(grades, "DELETE FROM grades.score_changes"))
                    .hasMessageContaining("permission denied for table score_changes");
        }
        try (Connection notifications = postgres.as("notifications")) {
            assertThatThrownBy(() ->
                            PostgresServer.execute(notifications, "DELETE FROM notifications.notification_templates"))
                    .hasMessageContaining("permission denied for table notification_templates");
        }
    }

    @Test
    void addressesCompareWithoutRegardToCaseForTheService() throws SQLException {
        try (Connection auth = postgres.as("auth")) {
            PostgresServer.execute(auth, """
                    INSERT INTO accounts (id, email, password_hash, status)
                    VALUES (uuidv7(), 'Maria@Example.org', '-', 'ACTIVE')
                    """);
            assertThat(PostgresServer.strings(auth, "SELECT 1 FROM accounts WHERE email = 'maria@example.org'"))
                    .hasSize(1);
        }
    }

    /// But for the one by which the users service searches people, and enrollments finds those whom a list
    /// names by their address; and the names that enrollments prints on certificates.
    @Test
    void viewsForOthersTellNothingPersonal() throws SQLException {
        try (Connection connection = postgres.superuser()) {
            List<String> columns = PostgresServer.strings(connection, """
                    SELECT column_name FROM information_schema.columns
                    WHERE table_schema LIKE '%\\_api' AND table_name NOT IN ('account_contacts', 'user_names')
                    """);
            assertThat(columns)
                    .isNotEmpty()
                    .doesNotContain(
                            "email",
                            "username",
                            "password_hash",
                            "first_name",
                            "last_name",
                            "phone",
                            "birth_date",
                            "gender",
                            "avatar_url",
                            "short_bio");
            assertThat(readers(connection, "auth_api", "account_contacts"))
                    .containsExactlyInAnyOrder("users", "enrollments");
            assertThat(readers(connection, "users_api", "user_names")).containsExactly("enrollments");
        }
    }

    private static List<String> readers(Connection connection, String schema, String view) throws SQLException {
        return PostgresServer.strings(connection, """
                SELECT grantee FROM information_schema.role_table_grants
                WHERE table_schema = '%s' AND table_name = '%s' AND grantee NOT IN ('aula_owner', 'postgres')
                """.formatted(schema, view));
    }

    private static PostgresAccess access() {
        return new PostgresAccess(postgres.matrix, postgres.secrets);
    }
}
