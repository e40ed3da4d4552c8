package org.aula.migrate;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/// Connections of the superuser to a PostgreSQL server.
final class PostgresServer {

    private static final String CONNECT_SECONDS = "10";
    /// Any number will do that nobody else uses for an advisory lock of this server.
    private static final long LOCK = 0x61756c61L;

    private final Settings settings;
    private final Secrets secrets;

    PostgresServer(Settings settings, Secrets secrets) {
        this.settings = settings;
        this.secrets = secrets;
    }

    Connection connect(String database) {
        return connect(
                database,
                settings.postgresUser(),
                secrets.read("postgres/" + settings.postgresUser() + ".password")
                        .orElse(""));
    }

    Connection connect(String database, String user, String password) {
        String url = settings.postgresUrl(database);
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", CONNECT_SECONDS);
        properties.setProperty("ApplicationName", "aula-migrate");
        try {
            return DriverManager.getConnection(url, properties);
        } catch (SQLException e) {
            // Class 08 of SQLSTATE is "connection exception": nobody answered.
            boolean away = e.getSQLState() != null && e.getSQLState().startsWith("08");
            String what = away ? "does not answer" : "does not let " + user + " in";
            throw new MigrationException("PostgreSQL at " + url + " (POSTGRES_URL) " + what + ": " + e.getMessage(), e);
        }
    }

    /// A connection to the server's own database that holds the job's lock until it is closed. Advisory
    /// locks belong to one database, roles to the whole server: so every job takes the lock in the same
    /// place, whichever database it migrates.
    Connection lock() {
        Connection connection = connect("postgres");
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + LOCK + ")");
            return connection;
        } catch (SQLException e) {
            throw failure("take the job's lock", e);
        }
    }

    static void execute(Connection connection, String... statements) {
        for (String sql : statements) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw failure(sql, e);
            }
        }
    }

    /// The first column of what a query finds.
    static List<String> strings(Connection connection, String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException e) {
            throw failure(sql, e);
        }
    }

    /// Names and values, the two columns of what a query finds.
    static Map<String, String> pairs(Connection connection, String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            Map<String, String> found = new HashMap<>();
            while (rows.next()) {
                found.put(rows.getString(1), rows.getString(2));
            }
            return found;
        } catch (SQLException e) {
            throw failure(sql, e);
        }
    }

    static MigrationException failure(String what, SQLException cause) {
        return new MigrationException("PostgreSQL refused: " + what + ": " + cause.getMessage(), cause);
    }
}
