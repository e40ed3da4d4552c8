package org.aula.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SchemaTest {

    private static MigratedPostgres postgres;
    private static final UUID MARIA = UuidCreator.getTimeOrderedEpoch();
    private static final UUID JONAS = UuidCreator.getTimeOrderedEpoch();
    private static final UUID COURSE = UuidCreator.getTimeOrderedEpoch();

    @BeforeAll
    static void migrate() throws SQLException {
        postgres = MigratedPostgres.start(false);
        try (Connection connection = postgres.superuser()) {
            for (UUID person : List.of(MARIA, JONAS)) {
                PostgresServer.execute(connection, """
                        INSERT INTO auth.accounts (id, email, password_hash, status)
                        VALUES ('%1$s', '%1$s@example.org', '-', 'ACTIVE')
                        """.formatted(person));
            }
            PostgresServer.execute(connection, """
                    INSERT INTO courses.courses (id, instructor_id, title, slug) VALUES ('%s', '%s', 'Chess', 'chess')
                    """.formatted(COURSE, JONAS));
        }
    }

    @AfterAll
    static void drop() throws SQLException {
        postgres.close();
    }

    @Test
    void everyForeignKeyHasAnIndexThatBeginsWithItsColumns() throws SQLException {
        try (Connection connection = postgres.superuser()) {
            assertThat(PostgresServer.strings(connection, """
                    SELECT c.conrelid::regclass || ' ' || c.conname FROM pg_constraint c
                    WHERE c.contype = 'f' AND c.conparentid = 0 AND NOT EXISTS (
                        SELECT FROM pg_index i
                        WHERE i.indrelid = c.conrelid AND i.indpred IS NULL
                            AND (SELECT array_agg(key ORDER BY key) FROM unnest(c.conkey) key)
                                = (SELECT array_agg(key ORDER BY key)
                                   FROM unnest((i.indkey::int2[])[0:cardinality(c.conkey) - 1]) key))
                    """)).isEmpty();
        }
    }

    @Test
    void enrollmentOfThisYearIsAcceptedAndOneWithARandomIdIsRefused() throws SQLException {
        try (Connection connection = postgres.superuser()) {
            UUID id = UuidCreator.getTimeOrderedEpoch();
            enroll(connection, id, MARIA);
            assertThat(PostgresServer.strings(
                            connection,
                            "SELECT tableoid::regclass FROM enrollments.enrollments WHERE id = '" + id + "'"))
                    .containsExactly("enrollments.enrollments_" + Year.now(ZoneOffset.UTC));

            assertThatThrownBy(() -> enroll(connection, UUID.randomUUID(), MARIA))
                    .isInstanceOf(MigrationException.class);
            // Random, but with the first bits of a moment of this year: the partition takes it, the version
            // does not.
            UUID random = new UUID(id.getMostSignificantBits() & ~0xF000L | 0x4000L, id.getLeastSignificantBits());
            assertThatThrownBy(() -> enroll(connection, random, MARIA)).hasMessageContaining("check constraint");
        }
    }

    @Test
    void enrollmentOfAnEarlierYearIsKeptWithTheEarlierOnes() throws SQLException {
        try (Connection connection = postgres.superuser()) {
            for (String id : List.of("016f5e66-e800-7000-8000-000000000001", "019b76da-a7ff-7000-8000-000000000001")) {
                enroll(connection, UUID.fromString(id), MARIA);
                assertThat(PostgresServer.strings(
                                connection,
                                "SELECT tableoid::regclass FROM enrollments.enrollments WHERE id = '" + id + "'"))
                        .containsExactly("enrollments.enrollments_earlier");
            }
        }
    }

    @Test
    void partitionsReachTenYearsAheadAndMeetAtNewYear() throws SQLException {
        try (Connection connection = postgres.superuser()) {
            for (String parent : List.of("enrollments", "lesson_progress")) {
                assertThat(PostgresServer.strings(connection, """
                        SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                        WHERE i.inhparent = 'enrollments.%s'::regclass
                        """.formatted(parent)))
                        .contains(parent + "_2026", parent + "_2036");
            }
            // 2027-01-01T00:00:00.000Z is 1798761600000 ms, 0x01a2ce8bd400.
            assertThat(PostgresServer.strings(connection, "SELECT public.uuid_v7_year_start(2027)"))
                    .containsExactly("01a2ce8b-d400-0000-0000-000000000000");
        }
    }

    @Test
    void rowSecurityAloneHidesTheRowsOfOthers() throws SQLException {
        UUID ofMaria = UuidCreator.getTimeOrderedEpoch();
        UUID ofJonas = UuidCreator.getTimeOrderedEpoch();
        try (Connection connection = postgres.superuser()) {
            enroll(connection, ofMaria, MARIA);
            enroll(connection, ofJonas, JONAS);
        }
        String query = "SELECT id FROM enrollments WHERE id IN ('%s', '%s')".formatted(ofMaria, ofJonas);
        try (Connection enrollments = postgres.as("enrollments")) {
            enrollments.setAutoCommit(false);
            assertThat(PostgresServer.strings(enrollments, query)).isEmpty();

            says(enrollments, MARIA.toString(), "own");
            assertThat(PostgresServer.strings(enrollments, query)).containsExactly(ofMaria.toString());
            PostgresServer.execute(enrollments, "UPDATE enrollments SET status = 'DROPPED'");
            assertThatThrownBy(() -> enroll(enrollments, UuidCreator.getTimeOrderedEpoch(), JONAS))
                    .hasMessageContaining("row-level security");
            enrollments.rollback();

            says(enrollments, "service:analytics", "own");
            assertThat(PostgresServer.strings(enrollments, query)).isEmpty();
            says(enrollments, "service:analytics", "all");
            assertThat(PostgresServer.strings(enrollments, query)).hasSize(2);
            enrollments.commit();

            assertThat(PostgresServer.strings(enrollments, query))
                    .as("the settings end with their transaction")
                    .isEmpty();
        }
    }

    @Test
    void partitionsCannotBeReadPastTheirParent() throws SQLException {
        try (Connection enrollments = postgres.as("enrollments")) {
            assertThatThrownBy(() -> PostgresServer.strings(enrollments, "SELECT id FROM enrollments_2026"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void learnerEnrolsInACourseOnce() throws SQLException {
        try (Connection connection = postgres.superuser()) {
            UUID id = UuidCreator.getTimeOrderedEpoch();
            enroll(connection, id, JONAS);
            String key =
                    "INSERT INTO enrollments.enrollment_keys VALUES ('%s', '%s', '%s')".formatted(JONAS, COURSE, id);
            PostgresServer.execute(connection, key);
            assertThatThrownBy(() -> PostgresServer.execute(connection, key)).hasMessageContaining("duplicate key");
        }
    }

    @Test
    void addressIsFreeAgainAfterItsAccountIsDeleted() throws SQLException {
        String insert = "INSERT INTO auth.accounts (id, email, password_hash, status)"
                + " VALUES (uuidv7(), '%s', '-', 'ACTIVE')";
        try (Connection connection = postgres.superuser()) {
            PostgresServer.execute(connection, insert.formatted("again@example.org"));
            assertThatThrownBy(() -> PostgresServer.execute(connection, insert.formatted("AGAIN@example.org")))
                    .hasMessageContaining("accounts_email_living");
            PostgresServer.execute(
                    connection,
                    "UPDATE auth.accounts SET deleted_at = now() WHERE email = 'again@example.org'",
                    insert.formatted("again@example.org"));
        }
    }

    private static void enroll(Connection connection, UUID id, UUID user) {
        PostgresServer.execute(connection, """
                INSERT INTO enrollments.enrollments (id, user_id, course_id, status, source)
                VALUES ('%s', '%s', '%s', 'ENROLLED', 'FREE')
                """.formatted(id, user, COURSE));
    }

    private static void says(Connection connection, String caller, String scope) {
        PostgresServer.execute(
                connection,
                "SELECT set_config('aula.caller', '%s', true), set_config('aula.scope', '%s', true)"
                        .formatted(caller, scope));
    }
}
