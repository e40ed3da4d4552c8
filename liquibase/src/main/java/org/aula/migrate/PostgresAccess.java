package org.aula.migrate;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aula.migrate.AccessMatrix.Service;
import org.postgresql.PGConnection;

/// The logins of the services and their rights: everything is taken away, then the matrix' row is given, in
/// one transaction, so that a running service sees no gap.
final class PostgresAccess {

    private static final List<String> WRITE = List.of("SELECT", "INSERT", "UPDATE", "DELETE");
    private static final List<String> APPEND = List.of("SELECT", "INSERT");

    private final AccessMatrix matrix;
    private final Secrets secrets;

    PostgresAccess(AccessMatrix matrix, Secrets secrets) {
        this.matrix = matrix;
        this.secrets = secrets;
    }

    void apply(Connection connection, String database) {
        try {
            connection.setAutoCommit(false);
            for (Service service : matrix.services()) {
                login(connection, service);
            }
            PostgresServer.execute(
                    connection,
                    "REVOKE ALL ON DATABASE " + quoted(database) + " FROM PUBLIC, " + logins(),
                    "GRANT CONNECT ON DATABASE " + quoted(database) + " TO " + logins());
            revokeEverything(connection);
            for (Service service : matrix.services()) {
                grants(service).forEach(grant -> PostgresServer.execute(connection, grant));
            }
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw PostgresServer.failure("set the rights of the services", e);
        }
    }

    /// Differences between the catalog and the matrix, each told in one line; none when they agree.
    List<String> drift(Connection connection) {
        Set<String> wanted = matrix.services().stream()
                .flatMap(PostgresAccess::rights)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> found = new TreeSet<>(
                PostgresServer.strings(connection, """
                WITH right_given AS (
                    SELECT n.nspname || '.' || c.relname AS thing, acl.grantee, acl.privilege_type AS privilege
                    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) acl
                    UNION ALL
                    SELECT n.nspname || '.' || c.relname || '.' || a.attname, acl.grantee, acl.privilege_type
                    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
                        JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(a.attacl) acl
                    UNION ALL
                    SELECT n.nspname, acl.grantee, acl.privilege_type
                    FROM pg_namespace n, aclexplode(n.nspacl) acl
                )
                SELECT CASE grantee WHEN 0 THEN 'PUBLIC' ELSE r.rolname END || ': ' || privilege || ' on ' || thing
                FROM right_given LEFT JOIN pg_roles r ON r.oid = grantee
                WHERE thing ~ '^(%1$s)(_api)?(\\.|$)' AND r.rolname IS DISTINCT FROM 'aula_owner'
                    OR r.rolname IN (%2$s) AND thing !~ '^pg_'
                """.formatted(String.join("|", matrix.schemas()), literals())));
        List<String> differences = new ArrayList<>();
        wanted.stream().filter(right -> !found.contains(right)).forEach(right -> differences.add("missing " + right));
        found.stream().filter(right -> !wanted.contains(right)).forEach(right -> differences.add("too much " + right));
        return differences;
    }

    private void login(Connection connection, Service service) throws SQLException {
        String name = service.name();
        if (PostgresServer.strings(connection, "SELECT rolname FROM pg_roles WHERE rolname = '" + name + "'")
                .isEmpty()) {
            PostgresServer.execute(connection, "CREATE ROLE " + quoted(name));
        }
        PostgresServer.execute(
                connection,
                "ALTER ROLE " + quoted(name)
                        + " LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT",
                // The extensions' types and operators are in public: without it citext would compare as text.
                "ALTER ROLE " + quoted(name) + " SET search_path = " + quoted(service.name()) + ", public");
        connection
                .unwrap(PGConnection.class)
                .alterUserPassword(name, secrets.password("postgres", name).toCharArray(), "scram-sha-256");
    }

    private void revokeEverything(Connection connection) {
        String schemas = String.join(
                ", ",
                PostgresServer.strings(
                        connection,
                        "SELECT quote_ident(nspname) FROM pg_namespace WHERE nspname ~ '^("
                                + String.join("|", matrix.schemas()) + ")(_api)?$'"));
        if (!schemas.isEmpty()) {
            PostgresServer.execute(
                    connection,
                    "REVOKE ALL ON ALL TABLES IN SCHEMA " + schemas + " FROM PUBLIC, " + logins(),
                    "REVOKE ALL ON ALL SEQUENCES IN SCHEMA " + schemas + " FROM PUBLIC, " + logins(),
                    "REVOKE ALL ON SCHEMA " + schemas + " FROM PUBLIC, " + logins());
        }
    }

    private static Stream<String> grants(Service service) {
        String login = quoted(service.name());
        Stream<String> schemas = schemas(service).map(schema -> "GRANT USAGE ON SCHEMA " + quoted(schema));
        Stream<String> written = service.tables().stream().map(table -> grant(WRITE, service.name() + "." + table));
        Stream<String> appended = service.appended().stream().map(table -> grant(APPEND, service.name() + "." + table));
        Stream<String> read = service.views().stream().map(view -> grant(List.of("SELECT"), view));
        return Stream.of(schemas, written, appended, read)
                .flatMap(grants -> grants)
                .map(grant -> grant + " TO " + login);
    }

    private static String grant(List<String> privileges, String relation) {
        return "GRANT " + String.join(", ", privileges) + " ON " + relation;
    }

    private static Stream<String> rights(Service service) {
        Stream<String> schemas = schemas(service).map(schema -> "USAGE on " + schema);
        Stream<String> written = each(WRITE, service.tables(), service.name());
        Stream<String> appended = each(APPEND, service.appended(), service.name());
        Stream<String> read = service.views().stream().map(view -> "SELECT on " + view);
        return Stream.of(schemas, written, appended, read)
                .flatMap(rights -> rights)
                .map(right -> service.name() + ": " + right);
    }

    private static Stream<String> each(List<String> privileges, List<String> tables, String schema) {
        return tables.stream()
                .flatMap(table -> privileges.stream().map(right -> right + " on " + schema + "." + table));
    }

    /// Its own and those of what it reads.
    private static Stream<String> schemas(Service service) {
        Stream<String> others = service.views().stream().map(view -> view.substring(0, view.indexOf('.')));
        return Stream.concat(Stream.of(service.name()), others).distinct();
    }

    private String logins() {
        return matrix.services().stream().map(service -> quoted(service.name())).collect(Collectors.joining(", "));
    }

    private String literals() {
        return matrix.services().stream()
                .map(service -> "'" + service.name() + "'")
                .collect(Collectors.joining(", "));
    }

    static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
