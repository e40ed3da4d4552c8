package org.aula.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.rpc.Code;
import com.zaxxer.hikari.HikariDataSource;
import io.grpc.Context;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.aula.kernel.error.ErrorMapping;
import org.aula.kernel.postgres.CustomPlan;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.postgres.GenericPlan;
import org.aula.kernel.postgres.Session;
import org.aula.kernel.postgres.Sql;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What PostgreSQL is told of the call, and for how long.
final class DatabaseTest {

    private static final String SETTINGS =
            "SELECT current_setting('aula.caller', true) || ' ' || current_setting('aula.scope', true)";

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses");

    private final String name = UUID.randomUUID().toString();

    @Test
    void theDatabaseKnowsTheCallerForThisTransactionOnly() throws Exception {
        assertThat(query(() -> text(SETTINGS))).isEqualTo("service:courses all");
        assertThat(transact(() -> text(SETTINGS))).isEqualTo("service:courses all");
        var pool = platform.bean("courses", DataSource.class).unwrap(HikariDataSource.class);
        try (var connection = pool.getConnection();
                var settings = connection.prepareStatement("SELECT current_setting('aula.caller', true)");
                var result = settings.executeQuery()) {
            result.next();
            assertThat(result.getString(1)).isNullOrEmpty();
        }
    }

    @Test
    void aStatementThatReadsIsATransactionOfItsOwn() throws Exception {
        var begun = query(() -> List.of(transactionTime(), transactionTime()));
        assertThat(begun.getFirst()).isBefore(begun.getLast());
    }

    @Test
    void statementsOfATransactionAreOne() throws Exception {
        var begun = transact(() -> List.of(transactionTime(), transactionTime()));
        assertThat(begun.getFirst()).isEqualTo(begun.getLast());
    }

    /// More often than it takes the driver to prepare a statement for good, with and without a value.
    @Test
    void theDatabaseKnowsTheCallerHoweverOftenAndWithWhateverItIsAsked() throws Exception {
        for (var time = 0; time < 20; time++) {
            var id = time % 3 == 0 ? null : UUID.randomUUID();
            Supplier<String> work = () -> text("""
                    SELECT current_setting('aula.caller', true)
                    WHERE CAST(? AS uuid) IS NULL OR CAST(? AS uuid) <> gen_random_uuid()
                    """, id, id);
            assertThat(query(work)).isEqualTo("service:courses");
            assertThat(transact(work)).isEqualTo("service:courses");
        }
    }

    @Test
    void aStatementThatFailsLeavesNothingBehind() throws Exception {
        for (var time = 0; time < 8; time++) {
            assertThatThrownBy(() -> query(() -> text("SELECT 1 / CAST(? AS int)", 0)))
                    .hasMessageContaining("division by zero");
            var caught = query(() -> {
                assertThatThrownBy(() -> text("SELECT nothing")).hasRootCauseInstanceOf(SQLException.class);
                return text(SETTINGS);
            });
            assertThat(caught).isEqualTo("service:courses all");
        }
    }

    @Test
    void aTransactionThatFailsIsRolledBackAndRunsNothingAfterwards() throws Exception {
        var told = new ArrayList<String>();
        assertThatThrownBy(() -> transact(() -> {
                    insertTag();
                    Session.current().afterCommit(() -> told.add("committed"));
                    throw new IllegalStateException("on the way");
                }))
                .hasMessage("on the way");
        assertThat(tags()).isZero();
        assertThat(told).isEmpty();
        transact(() -> {
            Session.current().afterCommit(() -> told.add("committed"));
            return insertTag();
        });
        assertThat(tags()).isEqualTo(1);
        assertThat(told).containsExactly("committed");
    }

    @Test
    void aTransactionInsideOfAnotherIsOneOfItsOwn() throws Exception {
        assertThatThrownBy(() -> transact(() -> {
                    platform.bean("courses", Database.class).transact(this::insertTag);
                    throw new IllegalStateException("the outer one");
                }))
                .hasMessage("the outer one");
        assertThat(tags()).isEqualTo(1);
    }

    @Test
    void aStatementThatAsksForItIsPlannedOnceOrEachTimeAndNoOtherIs() throws Exception {
        var mode = "SELECT current_setting('plan_cache_mode')";
        assertThat(query(() -> List.of(text(mode + GenericPlan.MARK), text(mode + CustomPlan.MARK), text(mode))))
                .containsExactly("force_generic_plan", "force_custom_plan", "auto");
    }

    @Test
    void aStatementMayEndWithAComment() throws Exception {
        assertThat(query(() -> text("SELECT 'one' -- and nothing else"))).isEqualTo("one");
        assertThat(transact(() -> text("SELECT 'one' -- and nothing else"))).isEqualTo("one");
    }

    @Test
    void readingRefusesToWrite() {
        assertThatThrownBy(() -> query(() -> Sql.of("DELETE FROM outbox").update()))
                .hasMessageContaining("read-only");
    }

    /// As Micronaut Data sends lists, also as the first statement of a transaction.
    @Test
    void aBatchMayBeTheFirstStatement() throws Exception {
        for (var time = 0; time < 8; time++) {
            var first = 3 * time;
            transact(() -> {
                try (var batch = Session.current()
                        .connection()
                        .prepareStatement("INSERT INTO tags (id, name, color) VALUES (?, ?, '#112233')")) {
                    for (var tag = 0; tag < 3; tag++) {
                        batch.setObject(1, UUID.randomUUID());
                        batch.setString(2, name + (first + tag));
                        batch.addBatch();
                    }
                    return batch.executeBatch().length;
                } catch (SQLException failed) {
                    throw new IllegalStateException(failed);
                }
            });
        }
        assertThat(tags()).isEqualTo(24);
    }

    @Test
    void outsideOfADatabasesWorkThereIsNoSession() {
        assertThatThrownBy(() -> text(SETTINGS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Database.query");
    }

    @Test
    void aStatementEndsWithTheCallsDeadline() {
        var timer = Executors.newSingleThreadScheduledExecutor();
        var context = Context.current().withDeadlineAfter(300, TimeUnit.MILLISECONDS, timer);
        var begun = System.nanoTime();
        assertThatThrownBy(() -> context.call(() -> query(() -> text("SELECT CAST(pg_sleep(20) AS text)"))))
                .satisfies(
                        failure -> assertThat(ErrorMapping.map(failure).status().getCode())
                                .isEqualTo(Code.DEADLINE_EXCEEDED_VALUE));
        assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(5));
        context.cancel(null);
        timer.shutdownNow();
    }

    private int insertTag() {
        return Sql.of("INSERT INTO tags (id, name, color) VALUES (gen_random_uuid(), ?, '#112233')", name)
                .update();
    }

    private long tags() throws Exception {
        return query(() -> Sql.of("SELECT count(*) FROM tags WHERE starts_with(CAST(name AS text), ?)", name)
                .find(row -> row.getLong(1))
                .orElseThrow());
    }

    private static <T> T query(Supplier<T> work) throws Exception {
        return platform.inside(
                "courses", () -> platform.bean("courses", Database.class).query(work));
    }

    private static <T> T transact(Supplier<T> work) throws Exception {
        return platform.inside(
                "courses", () -> platform.bean("courses", Database.class).transact(work));
    }

    private static OffsetDateTime transactionTime() {
        return Sql.of("SELECT now()")
                .find(row -> row.getObject(1, OffsetDateTime.class))
                .orElseThrow();
    }

    private static String text(String sql, @org.jspecify.annotations.Nullable Object... values) {
        return Sql.of(sql, values).find(row -> row.getString(1)).orElseThrow();
    }
}
