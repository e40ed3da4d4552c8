package org.aula.migrate;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/// ClickHouse: numbered files, and a table that remembers which were applied. Liquibase's extension hangs
/// on its lock against a server without replicas, hence this small runner; the job's lock keeps two of them
/// apart.
final class ClickHouseMigration implements StoreMigration {

    private static final String FOLDER = "clickhouse";
    private static final String HISTORY = "schema_changes";

    private final Settings settings;
    private final Secrets secrets;
    private final AccessMatrix matrix;

    ClickHouseMigration(Settings settings, Secrets secrets, AccessMatrix matrix) {
        this.settings = settings;
        this.secrets = secrets;
        this.matrix = matrix;
    }

    @Override
    public String name() {
        return "clickhouse";
    }

    @Override
    public String migrate() {
        try (Connection connection = connect()) {
            List<String> advice = EngineRules.clickHouse(facts(connection));
            execute(connection, """
                    CREATE TABLE IF NOT EXISTS %s (
                        file String, checksum String, applied_at DateTime64(3, 'UTC') DEFAULT now64(3)
                    ) ENGINE = MergeTree ORDER BY file""".formatted(HISTORY));
            Map<String, String> applied = history(connection);
            int count = 0;
            for (NumberedFile file : NumberedFile.in(FOLDER)) {
                String checksum = applied.get(file.name());
                if (checksum == null) {
                    apply(connection, file);
                    count++;
                } else if (!checksum.equals(file.checksum())) {
                    throw new MigrationException(
                            FOLDER + "/" + file.name() + " was changed after it was applied; add a new file instead");
                }
            }
            check(connection);
            return count + " files applied" + EngineRules.lines(advice);
        } catch (SQLException e) {
            throw new MigrationException("ClickHouse refused to close: " + e.getMessage(), e);
        }
    }

    /// Takes back every file that was applied, the last first.
    int rollback() {
        try (Connection connection = connect()) {
            Map<String, String> applied = history(connection);
            List<NumberedFile> files = NumberedFile.in(FOLDER).stream()
                    .filter(file -> applied.containsKey(file.name()))
                    .toList();
            for (NumberedFile file : files.reversed()) {
                file.rollback().forEach(statement -> execute(connection, statement));
                execute(
                        connection,
                        "ALTER TABLE " + HISTORY + " DELETE WHERE file = '" + file.name()
                                + "' SETTINGS mutations_sync = 1");
            }
            return files.size();
        } catch (SQLException e) {
            throw new MigrationException("ClickHouse refused to close: " + e.getMessage(), e);
        }
    }

    private Connection connect() {
        String address = Settings.required(settings.clickhouseUrl(), "CLICKHOUSE_URL");
        Properties properties = new Properties();
        properties.setProperty("user", settings.clickhouseUser());
        properties.setProperty(
                "password",
                secrets.read("clickhouse/" + settings.clickhouseUser() + ".password")
                        .orElse(""));
        String database = settings.clickhouseDatabase();
        try {
            try (Connection connection = DriverManager.getConnection("jdbc:clickhouse:" + address, properties);
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE IF NOT EXISTS " + database);
            }
            return DriverManager.getConnection("jdbc:clickhouse:" + address + "/" + database, properties);
        } catch (SQLException e) {
            throw new MigrationException(
                    "ClickHouse at " + address + " (CLICKHOUSE_URL) does not answer: " + e.getMessage(), e);
        }
    }

    private static void apply(Connection connection, NumberedFile file) {
        file.statements().forEach(statement -> execute(connection, statement));
        String insert = "INSERT INTO " + HISTORY + " (file, checksum) VALUES (?, ?)";
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            statement.setString(1, file.name());
            statement.setString(2, file.checksum());
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new MigrationException("ClickHouse did not note " + file.name() + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, String> facts(Connection connection) throws SQLException {
        return pairs(connection, """
                SELECT name, value FROM system.settings WHERE name IN ('readonly', 'max_partitions_per_insert_block')
                """);
    }

    private static Map<String, String> history(Connection connection) throws SQLException {
        return pairs(connection, "SELECT file, checksum FROM " + HISTORY);
    }

    private static Map<String, String> pairs(Connection connection, String sql) throws SQLException {
        Map<String, String> found = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.put(rows.getString(1), rows.getString(2));
            }
        }
        return found;
    }

    private void check(Connection connection) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT name FROM system.tables WHERE database = currentDatabase()")) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        List<String> missing = matrix.services().stream()
                .flatMap(service -> service.clickhouseTables().stream())
                .filter(table -> !found.contains(table))
                .toList();
        if (!missing.isEmpty()) {
            throw new MigrationException("ClickHouse has no table " + String.join(", ", missing) + ", which "
                    + AccessMatrix.RESOURCE + " names");
        }
    }

    private static void execute(Connection connection, String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new MigrationException("ClickHouse refused: " + sql.strip() + ": " + e.getMessage(), e);
        }
    }
}
