#!/usr/bin/env bash
# A migration adds a column while a connection has `SELECT *` prepared.
. "$(dirname "$0")/lib.sh"
postgres
maven org.postgresql:postgresql:42.7.14
finding "pgjdbc" 42.7.14 "the driver prepares a statement again when the server says that its plan can no longer be used"

# How the statement ends: mode, its text, the driver's autosave.
answers=$(java_source Prepared "jdbc:postgresql://127.0.0.1:$port/postgres?user=postgres&prepareThreshold=1" <<'JAVA'
import java.sql.*;

public class Prepared {
    public static void main(String[] args) throws SQLException {
        show(args[0], "SELECT * FROM course", false);
        show(args[0], "SELECT * FROM course", true);
        show(args[0] + "&autosave=conservative", "SELECT * FROM course", true);
        show(args[0], "BEGIN; SELECT * FROM course; COMMIT", false);
        show(args[0] + "&autosave=conservative", "BEGIN; SELECT * FROM course; COMMIT", false);
    }

    static void show(String url, String text, boolean inTransaction) throws SQLException {
        try (var reader = DriverManager.getConnection(url); var migration = DriverManager.getConnection(url)) {
            migration.createStatement().execute("DROP TABLE IF EXISTS course; CREATE TABLE course (id int)");
            var statement = reader.prepareStatement(text);
            for (int i = 0; i < 3; i++) {
                statement.execute();
            }
            migration.createStatement().execute("ALTER TABLE course ADD COLUMN title text");
            if (inTransaction) {
                reader.setAutoCommit(false);
                reader.createStatement().execute("SELECT 1");
            }
            statement.execute();
            System.out.println("found");
        } catch (SQLException refused) {
            System.out.println(refused.getSQLState() + " " + refused.getMessage());
        }
    }
}
JAVA
)
answer() { sed -n "$1p" <<<"$answers"; }
refused="0A000 ERROR: cached plan must not change result type"
happens "alone" found "$(answer 1)"
happens "in a transaction that has begun" "$refused" "$(answer 2)"
happens "there, with autosave=conservative" found "$(answer 3)"
happens "in one text with its BEGIN" "$refused" "$(answer 4)"
happens "there, with autosave=conservative" "$refused" "$(answer 5)"
