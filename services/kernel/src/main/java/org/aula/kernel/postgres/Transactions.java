package org.aula.kernel.postgres;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.aula.api.common.v1.ErrorReason;
import org.aula.kernel.error.Errors;
import org.aula.kernel.settings.Settings;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// The one way to PostgreSQL. Each transaction opens with one statement that tells the database, for this
/// transaction only, who calls, how much they may see (row-level security reads both), and how long a
/// statement may take: what is left of the call's deadline.
///
/// Work that writes is one transaction; what it need not wait for goes with its COMMIT ([Closing]). Work that
/// reads is one transaction a statement, which goes to the database together with its opening, in one trip
/// ([Opening]).
///
/// A fair queue stands before the pool, so that a call waits no longer than its deadline and an overload is
/// told as RESOURCE_EXHAUSTED with OVERLOADED.
@Singleton
public final class Transactions {

    private static final long LONGEST_WAIT_MILLIS = 2_000;

    private final Jdbi jdbi;
    private final Jdbi reads;
    private final Semaphore places;

    Transactions(Jdbi jdbi, @Named(Opening.READS) Jdbi reads, Settings settings) {
        this.jdbi = jdbi;
        this.reads = reads;
        this.places = new Semaphore(Integer.parseInt(settings.get("POSTGRES_POOL", "4")), true);
    }

    /// Runs work in one transaction, committed when it returns and rolled back when it throws.
    public <T> T write(Function<Handle, T> work) {
        takePlace();
        try {
            return jdbi.inTransaction(handle -> {
                Opening.forWriting(handle);
                Closing.begin(handle);
                var result = work.apply(handle);
                Closing.commit(handle);
                return result;
            });
        } finally {
            places.release();
        }
    }

    /// As [#write], for work without a result.
    public void writeVoid(Consumer<Handle> work) {
        write(handle -> {
            work.accept(handle);
            return true;
        });
    }

    /// Runs reads, in which PostgreSQL refuses to write. Each statement sees what was committed when it began,
    /// and locks that it takes end with it.
    public <T> T read(Function<Handle, T> work) {
        takePlace();
        try {
            return reads.withHandle(handle -> {
                try {
                    return work.apply(handle);
                } finally {
                    Opening.end(handle);
                }
            });
        } finally {
            places.release();
        }
    }

    private void takePlace() {
        try {
            if (!places.tryAcquire(Math.min(Opening.remainingMillis(), LONGEST_WAIT_MILLIS), TimeUnit.MILLISECONDS)) {
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
}
