package org.aula.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.postgres.Session;
import org.aula.kernel.postgres.Sql;
import org.aula.kernel.postgres.SqlFailures;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A migration changes a table whose rows are read by statements that were prepared before.
final class SchemaChangeTest {

    /// More often than it takes the driver to prepare a statement for good.
    private static final int UNTIL_PREPARED = 8;

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses").setting("POSTGRES_POOL", "1");

    private final String table = "changed_" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    void create() {
        execute("CREATE TABLE courses.%1$s AS SELECT 1 AS id; GRANT ALL ON courses.%1$s TO PUBLIC");
    }

    @AfterEach
    void drop() {
        execute("DROP TABLE IF EXISTS courses.%s");
    }

    @Test
    void aStatementThatReadsIsPreparedAnew() throws Exception {
        for (var time = 0; time < 3; time++) {
            for (var again = 0; again < UNTIL_PREPARED; again++) {
                assertThat(query(this::columns)).isEqualTo(1 + time);
            }
            addColumn("later" + time);
        }
    }

    @Test
    void soIsTheFirstStatementOfATransaction() throws Exception {
        for (var again = 0; again < UNTIL_PREPARED; again++) {
            transact(this::columns);
        }
        addColumn("later");
        var runs = new ArrayList<Integer>();
        assertThat(transact(() -> {
                    runs.add(0);
                    return columns();
                }))
                .isEqualTo(2);
        assertThat(runs).as("work begun").hasSize(1);
    }

    @Test
    void aTransactionIsRunAgainWhenTheTableChangesInTheMiddle() throws Exception {
        for (var again = 0; again < UNTIL_PREPARED; again++) {
            transact(this::columnsAfterInsert);
        }
        execute("DELETE FROM courses.%s");
        addColumn("later");
        var committed = new ArrayList<String>();
        assertThat(transact(() -> {
                    Session.current().afterCommit(() -> committed.add("committed"));
                    return columnsAfterInsert();
                }))
                .isEqualTo(2);
        assertThat(committed).hasSize(1);
        assertThat(query(() -> Sql.of("SELECT id FROM " + table).list(row -> row.getInt(1))))
                .as("rows, without those of the first run")
                .hasSize(1);
    }

    @Test
    void aTransactionIsNotRunAgainWhenItDidWhatARollbackDoesNotUndo() throws Exception {
        for (var again = 0; again < UNTIL_PREPARED; again++) {
            transact(this::columnsAfterInsert);
        }
        addColumn("later");
        var runs = new ArrayList<Integer>();
        assertThatThrownBy(() -> transact(() -> {
                    runs.add(0);
                    Session.noteEffectOutside();
                    return columnsAfterInsert();
                }))
                .matches(SqlFailures::isPlanOutdated);
        assertThat(runs).hasSize(1);
        assertThat(transact(this::columns)).as("the next one is prepared anew").isEqualTo(2);
    }

    private int columnsAfterInsert() {
        Sql.of("INSERT INTO " + table + " (id) VALUES (2)").update();
        return columns();
    }

    private int columns() {
        return Sql.of("SELECT * FROM " + table)
                .list(row -> row.getMetaData().getColumnCount())
                .getFirst();
    }

    private void addColumn(String name) {
        execute("ALTER TABLE courses.%s ADD COLUMN " + name + " text");
    }

    private void execute(String statements) {
        for (var statement : List.of(statements.formatted(table).split(";"))) {
            platform.superuser().useHandle(handle -> handle.execute(statement));
        }
    }

    private static <T> T query(Supplier<T> work) throws Exception {
        return platform.inside(
                "courses", () -> platform.bean("courses", Database.class).query(work));
    }

    private static <T> T transact(Supplier<T> work) throws Exception {
        return platform.inside(
                "courses", () -> platform.bean("courses", Database.class).transact(work));
    }
}
