package org.aula.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.rpc.Code;
import io.grpc.Context;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.aula.kernel.error.ErrorMapping;
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

    private static String setting(Handle handle, String name) {
        return handle.createQuery("SELECT coalesce(current_setting(?, true), '')")
                .bind(0, name)
                .mapTo(String.class)
                .one();
    }
}
