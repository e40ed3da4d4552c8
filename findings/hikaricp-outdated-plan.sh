#!/usr/bin/env bash
# A migration outdates a statement of a pooled connection. The error is one of the statement; what does the pool make of it?
. "$(dirname "$0")/lib.sh"
postgres
maven com.zaxxer:HikariCP:6.3.3 org.postgresql:postgresql:42.7.14 org.slf4j:slf4j-nop:2.0.17
finding "HikariCP with pgjdbc" "6.3.3, 42.7.14" \
    "the pool closes a connection that is broken (class 08), and keeps one whose statement was refused"

answers=$(java_source Pool "jdbc:postgresql://127.0.0.1:$port/postgres?user=postgres&prepareThreshold=1" <<'JAVA'
import com.zaxxer.hikari.*;
import java.sql.*;

public class Pool {
    public static void main(String[] args) throws SQLException {
        var config = new HikariConfig();
        config.setJdbcUrl(args[0]);
        try (var pool = new HikariDataSource(config); var migration = DriverManager.getConnection(args[0])) {
            migration.createStatement().execute("CREATE TABLE course (id int)");
            show(pool, reader -> reader.createStatement().execute("SELECT id FROM lesson"));
            show(pool, reader -> {
                reader.setAutoCommit(false);
                var statement = reader.prepareStatement("SELECT * FROM course");
                for (int i = 0; i < 3; i++) {
                    statement.execute();
                }
                reader.commit();
                migration.createStatement().execute("ALTER TABLE course ADD COLUMN title text");
                reader.createStatement().execute("SELECT 1");
                statement.execute();
            });
        }
    }

    interface Work {
        void on(Connection connection) throws SQLException;
    }

    static void show(HikariDataSource pool, Work work) throws SQLException {
        try (var connection = pool.getConnection()) {
            try {
                work.on(connection);
            } catch (SQLException refused) {
                System.out.println(refused.getSQLState() + (connection.isClosed() ? " closed" : " open"));
            }
        }
    }
}
JAVA
)
happens "a table that is not there" "42P01 open" "$(head -1 <<<"$answers")"
happens "a cached plan that must not change its result type" "0A000 closed" "$(tail -1 <<<"$answers")"
