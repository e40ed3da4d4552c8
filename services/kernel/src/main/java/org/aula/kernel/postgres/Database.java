package org.aula.kernel.postgres;

import io.micronaut.data.connection.ConnectionDefinition;
import io.micronaut.data.connection.ConnectionDefinition.Propagation;
import io.micronaut.data.connection.ConnectionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.aula.api.common.v1.ErrorReason;
import org.aula.kernel.error.Errors;
import org.aula.kernel.settings.Settings;

/// The one way to PostgreSQL. Repositories work inside of [#query] or [#transact], on the connection that
/// these opened for the current thread; outside of them they fail.
///
/// Every transaction tells PostgreSQL, for this transaction only, who calls, how much they may see
/// (row-level security reads both), and how long a statement may take: what is left of the call's deadline.
///
/// A fair semaphore of the pool's size stands before the pool, so that a call waits no longer than its
/// deadline, and an overload is answered with RESOURCE_EXHAUSTED and OVERLOADED.
@Singleton
public final class Database {

    private static final long MAX_WAIT_MILLIS = 2_000;
    private static final int SWEEP_ROWS = 10_000;
    private static final ConnectionDefinition NEW_CONNECTION =
            ConnectionDefinition.DEFAULT.withPropagation(Propagation.REQUIRES_NEW);

    private final ConnectionOperations<Connection> connections;
    private final Semaphore permits;

    Database(ConnectionOperations<Connection> connections, Settings settings) {
        this.connections = connections;
        this.permits = new Semaphore(Integer.parseInt(settings.get("POSTGRES_POOL", "4")), true);
    }

    /// Runs statements that read; PostgreSQL refuses to write. **This is not a transaction**: each
    /// statement is a transaction of its own, which sees what was committed when it began, and whose locks
    /// end with it. It makes one round trip together with its BEGIN and COMMIT.
    public <T> T query(Supplier<T> work) {
        return withSession(session -> session.query(work));
    }

    /// Runs work in one transaction, committed when it returns and rolled back when it throws. Inside of
    /// other work it is a transaction of its own, on a connection of its own.
    ///
    /// When a migration has changed a table, so that PostgreSQL refuses a statement that was prepared
    /// before, the work is run again, once; not when it has called another service or has committed a
    /// transaction inside of this one, since a rollback undoes neither.
    public <T> T transact(Supplier<T> work) {
        var afterCommit = new ArrayList<Runnable>();
        var result = withSession(session -> session.transact(work, afterCommit));
        afterCommit.forEach(Runnable::run);
        return result;
    }

    /// As [#transact(Supplier)], for work without a result.
    public void transact(Runnable work) {
        transact(() -> {
            work.run();
            return true;
        });
    }

    /// Deletes what is no longer needed, in transactions of some rows each: of a table that nobody swept for
    /// weeks one statement for all would meet its time limit, each time again.
    ///
    /// @param delete deletes as many rows as it is told, at most, and says how many there were
    public void sweep(IntUnaryOperator delete) {
        int deleted;
        do {
            deleted = transact(() -> delete.applyAsInt(SWEEP_ROWS));
        } while (deleted >= SWEEP_ROWS);
    }

    private <T> T withSession(Function<Session, T> work) {
        acquirePermit();
        try {
            return connections.execute(NEW_CONNECTION, status -> work.apply(Session.of(status.getConnection())));
        } finally {
            permits.release();
        }
    }

    private void acquirePermit() {
        try {
            if (!permits.tryAcquire(Math.min(Preamble.remainingMillis(), MAX_WAIT_MILLIS), TimeUnit.MILLISECONDS)) {
                throw Errors.exhausted(
                        ErrorReason.ERROR_REASON_OVERLOADED,
                        "too many calls at once; try again soon",
                        Duration.ofSeconds(1));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the database", interrupted);
        }
    }
}
