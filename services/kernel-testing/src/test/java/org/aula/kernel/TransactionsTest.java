package org.aula.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.rpc.Code;
import io.grpc.Context;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.aula.kernel.error.ErrorMapping;
import org.aula.kernel.postgres.Plans;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.testing.TestPlatform;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What the database is told of the call, and for how long.
final class TransactionsTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses");

    @Test
    void theDatabaseKnowsTheCallerForThisTransactionOnly() throws Exception {
        var told = platform.inside(
                "courses",
                () -> transactions()
                        .read(handle -> setting(handle, "aula.caller") + " " + setting(handle, "aula.scope")));
        assertThat(told).isEqualTo("service:courses all");
        var outside = platform.bean("courses", org.jdbi.v3.core.Jdbi.class)
                .withHandle(handle -> setting(handle, "aula.caller"));
        assertThat(outside).isEmpty();
    }

    @Test
    void aStatementThatReadsIsATransactionOfItsOwn() throws Exception {
        var begun = platform.inside(
                "courses",
                () -> transactions().read(handle -> List.of(transactionTime(handle), transactionTime(handle))));
        assertThat(begun.getFirst()).isBefore(begun.getLast());
    }

    /// More often than it takes the driver to prepare a statement for good, with and without a value.
    @Test
    void theDatabaseKnowsTheCallerHoweverOftenAndWithWhateverItIsAsked() throws Exception {
        for (var time = 0; time < 20; time++) {
            var id = time % 3 == 0 ? null : UUID.randomUUID();
            var told = platform.inside(
                    "courses",
                    () -> transactions()
                            .read(handle -> handle.createQuery("""
                                    SELECT current_setting('aula.caller', true)
                                    WHERE CAST(:id AS uuid) IS NULL OR CAST(:id AS uuid) <> gen_random_uuid()
                                    """)
                                    .bind("id", id)
                                    .mapTo(String.class)
                                    .one()));
            assertThat(told).isEqualTo("service:courses");
        }
    }

    @Test
    void aStatementThatFailsLeavesNothingBehind() throws Exception {
        for (var time = 0; time < 8; time++) {
            assertThatThrownBy(() -> platform.inside(
                            "courses",
                            () -> transactions()
                                    .read(handle -> handle.createQuery("SELECT 1 / :zero")
                                            .bind("zero", 0)
                                            .mapTo(Integer.class)
                                            .one())))
                    .hasMessageContaining("division by zero");
            var caught = platform.inside(
                    "courses",
                    () -> transactions().read(handle -> {
                        assertThatThrownBy(() -> handle.createQuery("SELECT nothing")
                                .mapTo(String.class)
                                .one());
                        return true;
                    }));
            assertThat(caught).isTrue();
            var told = platform.inside("courses", () -> transactions().read(handle -> setting(handle, "aula.caller")));
            assertThat(told).isEqualTo("service:courses");
        }
    }

    @Test
    void aStatementThatAsksForItIsPlannedOnceAndNoOtherIs() throws Exception {
        var mode = "SELECT current_setting('plan_cache_mode')";
        var modes = platform.inside(
                "courses",
                () -> transactions()
                        .read(handle -> List.of(
                                Plans.once(handle.createQuery(mode))
                                        .mapTo(String.class)
                                        .one(),
                                handle.createQuery(mode).mapTo(String.class).one())));
        assertThat(modes).containsExactly("force_generic_plan", "auto");
    }

    @Test
    void aStatementMayEndWithAComment() throws Exception {
        var told = platform.inside(
                "courses",
                () -> transactions()
                        .read(handle -> handle.createQuery("SELECT 1 -- and nothing else")
                                .mapTo(Integer.class)
                                .one()));
        assertThat(told).isEqualTo(1);
    }

    @Test
    void aStatementWithDefinedPartsIsOpenedToo() throws Exception {
        var told = platform.inside(
                "courses",
                () -> transactions()
                        .read(handle -> handle.createQuery("SELECT <what> || :more")
                                .define("what", "current_setting('aula.caller')")
                                .bind("more", "!")
                                .mapTo(String.class)
                                .one()));
        assertThat(told).isEqualTo("service:courses!");
    }

    @Test
    void readingRefusesToWrite() {
        assertThatThrownBy(() -> platform.inside(
                        "courses", () -> transactions().read(handle -> handle.execute("DELETE FROM outbox"))))
                .hasMessageContaining("read-only");
    }

    @Test
    void aStatementEndsWithTheCallsDeadline() {
        var timer = Executors.newSingleThreadScheduledExecutor();
        var context = Context.current().withDeadlineAfter(300, TimeUnit.MILLISECONDS, timer);
        var begun = System.nanoTime();
        assertThatThrownBy(() -> context.call(() -> platform.inside(
                        "courses", () -> transactions().read(handle -> handle.execute("SELECT pg_sleep(20)")))))
                .satisfies(
                        failure -> assertThat(ErrorMapping.map(failure).status().getCode())
                                .isEqualTo(Code.DEADLINE_EXCEEDED_VALUE));
        assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(5));
        context.cancel(null);
        timer.shutdownNow();
    }

    private static Transactions transactions() {
        return platform.bean("courses", Transactions.class);
    }

    private static OffsetDateTime transactionTime(Handle handle) {
        return handle.createQuery("SELECT now()").mapTo(OffsetDateTime.class).one();
    }

    private static String setting(Handle handle, String name) {
        return handle.createQuery("SELECT coalesce(current_setting(:name, true), '')")
                .bind("name", name)
                .mapTo(String.class)
                .one();
    }
}
