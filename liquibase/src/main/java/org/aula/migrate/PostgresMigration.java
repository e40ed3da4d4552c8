package org.aula.migrate;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import liquibase.Scope;
import liquibase.changelog.ChangeLogHistoryServiceFactory;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.lockservice.LockServiceFactory;

/// PostgreSQL: the database, what it needs before any domain, each domain's schema, and the rights of the
/// services.
final class PostgresMigration implements StoreMigration {

    private static final String PLATFORM = "changelogs/postgres/platform.yaml";
    private static final String DOMAIN = "changelogs/postgres/domain.yaml";

    private final Settings settings;
    private final PostgresServer server;
    private final PostgresAccess access;
    private final DemoAccounts demoAccounts;
    private final AccessMatrix matrix;
    private final LockPatience patience;

    PostgresMigration(Settings settings, Secrets secrets, AccessMatrix matrix) {
        this(settings, secrets, matrix, LockPatience.standard(System.out));
    }

    PostgresMigration(Settings settings, Secrets secrets, AccessMatrix matrix, LockPatience patience) {
        this.settings = settings;
        this.matrix = matrix;
        this.patience = patience;
        this.server = new PostgresServer(settings, secrets);
        this.access = new PostgresAccess(matrix, secrets);
        this.demoAccounts = new DemoAccounts(secrets);
    }

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public String migrate() {
        createDatabase();
        try (Connection connection = server.connect(settings.postgresDatabase())) {
            List<String> advice =
                    EngineRules.postgres(facts(connection), matrix.services().size());
            int applied = platform(connection, Changelog::update);
            for (String schema : matrix.schemas()) {
                createSchema(connection, schema);
                applied += domain(connection, schema, Changelog::update);
            }
            access.apply(connection, settings.postgresDatabase());
            check(connection);
            return applied + " change sets applied"
                    + (settings.demo() ? ", " + demoAccounts.write(connection) + " demo accounts written" : "")
                    + EngineRules.lines(advice);
        } catch (SQLException e) {
            throw PostgresServer.failure("close the connection", e);
        }
    }

    /// Takes back every change set, so that the schemas are gone; the database and the roles stay.
    int rollback() {
        int taken = 0;
        try (Connection connection = server.connect(settings.postgresDatabase())) {
            for (String schema : matrix.schemas().reversed()) {
                taken += domain(connection, schema, Changelog::rollback);
                PostgresServer.execute(
                        connection, "DROP TABLE %1$s.databasechangelog, %1$s.databasechangeloglock".formatted(schema));
            }
            taken += platform(connection, Changelog::rollback);
            for (String schema : matrix.schemas()) {
                PostgresServer.execute(connection, "DROP SCHEMA IF EXISTS %1$s, %1$s_api".formatted(schema));
            }
            return taken;
        } catch (SQLException e) {
            throw PostgresServer.failure("close the connection", e);
        }
    }

    private void createDatabase() {
        String name = settings.postgresDatabase();
        try (Connection connection = server.connect("postgres")) {
            if (!PostgresServer.strings(connection, "SELECT datname FROM pg_database")
                    .contains(name)) {
                PostgresServer.execute(connection, "CREATE DATABASE " + PostgresAccess.quoted(name));
            }
        } catch (SQLException e) {
            throw PostgresServer.failure("close the connection", e);
        }
    }

    private static Map<String, String> facts(Connection connection) {
        return PostgresServer.pairs(connection, """
                SELECT name, setting FROM pg_settings
                WHERE name IN ('server_version_num', 'server_encoding', 'max_connections', 'wal_level', 'fsync',
                    'log_error_verbosity', 'log_min_duration_statement', 'log_parameter_max_length')
                UNION ALL SELECT name, coalesce(installed_version, default_version) FROM pg_available_extensions
                UNION ALL SELECT 'é', CASE WHEN 'é' ~ '^[[:alnum:]]$' THEN 't' ELSE 'f' END
                """);
    }

    /// The schema of a domain, and that of its views for others.
    private static void createSchema(Connection connection, String schema) {
        PostgresServer.execute(
                connection,
                "CREATE SCHEMA IF NOT EXISTS " + schema + " AUTHORIZATION aula_owner",
                "CREATE SCHEMA IF NOT EXISTS " + schema + "_api AUTHORIZATION aula_owner");
    }

    private int platform(Connection connection, Step step) {
        Changelog changelog = new Changelog(PLATFORM, Map.of(), settings.demo());
        return run(connection, "public", settings.postgresUser(), changelog, step);
    }

    private int domain(Connection connection, String schema, Step step) {
        Changelog changelog = new Changelog(DOMAIN, Map.of("schema", schema), settings.demo());
        return run(connection, schema, "aula_owner", changelog, step);
    }

    private int run(Connection connection, String schema, String role, Changelog changelog, Step step) {
        return patience.run(connection, () -> attempt(connection, schema, role, changelog, step));
    }

    /// Each change set is a transaction; one that waits in vain for a table leaves those before it applied.
    private static int attempt(Connection connection, String schema, String role, Changelog changelog, Step step) {
        PostgresServer.execute(connection, "SET ROLE " + PostgresAccess.quoted(role));
        releaseStaleLock(connection, schema);
        try {
            Database database =
                    DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
            database.setDefaultSchemaName(schema);
            database.setLiquibaseSchemaName(schema);
            int changed = step.run(changelog, database);
            connection.commit();
            connection.setAutoCommit(true);
            PostgresServer.execute(connection, "RESET ROLE");
            return changed;
        } catch (LiquibaseException | SQLException e) {
            throw new MigrationException("PostgreSQL, schema " + schema + ": " + e.getMessage(), e);
        } finally {
            // Liquibase remembers by connection where its own tables are, and this one goes on to the next schema.
            LockServiceFactory.getInstance().resetAll();
            Scope.getCurrentScope()
                    .getSingleton(ChangeLogHistoryServiceFactory.class)
                    .resetAll();
        }
    }

    /// A job that was killed leaves Liquibase's lock behind. Whoever holds the server's lock knows that no
    /// other runs.
    private static void releaseStaleLock(Connection connection, String schema) {
        String table = schema + ".databasechangeloglock";
        if (!PostgresServer.strings(connection, "SELECT 1 WHERE to_regclass('" + table + "') IS NOT NULL")
                .isEmpty()) {
            PostgresServer.execute(
                    connection,
                    "UPDATE " + table + " SET locked = false, lockgranted = NULL, lockedby = NULL WHERE locked");
        }
    }

    /// Every schema has its technical tables, partitions reach beyond next year, and the rights are the
    /// matrix's.
    private void check(Connection connection) {
        Set<String> found = new TreeSet<>(PostgresServer.strings(
                connection, "SELECT schemaname || '.' || tablename FROM pg_tables WHERE tableowner = 'aula_owner'"));
        List<String> missing = matrix.services().stream()
                .flatMap(service -> Stream.concat(service.tables().stream(), service.appended().stream())
                        .map(table -> service.name() + "." + table))
                .filter(table -> !found.contains(table))
                .toList();
        if (!missing.isEmpty()) {
            throw new MigrationException("PostgreSQL has no table " + String.join(", ", missing) + ", which "
                    + AccessMatrix.RESOURCE + " names");
        }
        List<String> drift = access.drift(connection);
        if (!drift.isEmpty()) {
            throw new MigrationException(
                    "PostgreSQL's rights are not those of the matrix: " + String.join("; ", drift));
        }
        int nextYear = Year.now(ZoneOffset.UTC).getValue() + 1;
        for (String parent : List.of("enrollments", "lesson_progress")) {
            if (!found.contains("enrollments." + parent + "_" + nextYear)) {
                throw new MigrationException("enrollments." + parent + " has no partition for " + nextYear
                        + "; add a change that makes ten");
            }
        }
    }

    @FunctionalInterface
    private interface Step {
        int run(Changelog changelog, Database database);
    }
}
