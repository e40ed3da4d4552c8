package org.aula.kernel.postgres;

import io.grpc.Context;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.aula.api.common.v1.ErrorReason;
import org.aula.kernel.error.ErrorMapping;
import org.aula.kernel.error.Errors;
import org.aula.kernel.identity.CallScope;
import org.aula.kernel.service.Settings;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionException;

/// The one way to PostgreSQL. Each transaction opens with one statement that tells the database, for this
/// transaction only, who calls, how much they may see (row-level security reads both), and how long a
/// statement may take: what is left of the call's deadline.
///
/// A fair queue stands before the pool, so that a call waits no longer than its deadline and an overload is
/// told as RESOURCE_EXHAUSTED with OVERLOADED.
@Singleton
public final class Transactions {

    private static final long LONGEST_WAIT_MILLIS = 2_000;
    private static final long LONGEST_STATEMENT_MILLIS = 60_000;
    private static final String OPEN = """
            SELECT set_config('aula.caller', ?, true),
                   set_config('aula.scope', ?, true),
                   set_config('statement_timeout', ?, true),
                   set_config('transaction_read_only', ?, true)
            """;

    private final Jdbi jdbi;
    private final Semaphore places;

    Transactions(Jdbi jdbi, Settings settings) {
        this.jdbi = jdbi;
        this.places = new Semaphore(Integer.parseInt(settings.get("POSTGRES_POOL", "4")), true);
    }

    /// Runs work in one transaction, committed when it returns and rolled back when it throws.
    public <T> T write(Function<Handle, T> work) {
        return run("off", work);
    }

    /// As [#write], for work without a result.
    public void writeVoid(Consumer<Handle> work) {
        write(handle -> {
            work.accept(handle);
            return true;
        });
    }

    /// Runs reads in one transaction, in which PostgreSQL refuses to write.
    public <T> T read(Function<Handle, T> work) {
        return run("on", work);
    }

    private <T> T run(String readOnly, Function<Handle, T> work) {
        takePlace();
        try {
            return jdbi.inTransaction(handle -> {
                open(handle, readOnly);
                return work.apply(handle);
            });
        } finally {
            places.release();
        }
    }

    /// Without JDBI: every call pays for this statement, and most of its price would be the binding.
    private static void open(Handle handle, String readOnly) {
        var scope = CallScope.current();
        try (var statement = handle.getConnection().prepareStatement(OPEN)) {
            statement.setString(1, scope.caller().key());
            statement.setString(2, scope.seesAll() ? "all" : "own");
            statement.setString(3, Long.toString(Math.min(remainingMillis(), LONGEST_STATEMENT_MILLIS)));
            statement.setString(4, readOnly);
            statement.execute();
        } catch (SQLException failed) {
            throw new TransactionException("the transaction could not be opened", failed);
        }
    }

    private void takePlace() {
        try {
            if (!places.tryAcquire(Math.min(remainingMillis(), LONGEST_WAIT_MILLIS), TimeUnit.MILLISECONDS)) {
                throw Errors.exhausted(
                        ErrorReason.ERROR_REASON_OVERLOADED,
                        "too many calls at once; try again soon",
                        java.time.Duration.ofSeconds(1));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the database", interrupted);
        }
    }

    /// What is left of the deadline, at least one: to PostgreSQL 0 means without end.
    private static long remainingMillis() {
        var deadline = Context.current().getDeadline();
        if (deadline == null) {
            return LONGEST_STATEMENT_MILLIS;
        }
        var left = deadline.timeRemaining(TimeUnit.MILLISECONDS);
        if (left <= 0) {
            throw ErrorMapping.deadlineExceeded();
        }
        return left;
    }
}
