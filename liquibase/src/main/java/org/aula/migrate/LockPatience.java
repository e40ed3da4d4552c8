package org.aula.migrate;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// How the job waits for the locks of tables that it changes.
///
/// A change of a table waits for whoever reads it, such as a dump, and every call of a service that comes
/// meanwhile waits behind the change. So the job gives up after three seconds, which lets the calls pass,
/// says who holds it up, and tries again.
final class LockPatience {

    /// SQLSTATE of `lock_not_available`.
    private static final String NOT_AVAILABLE = "55P03";

    private static final String HOLDERS = """
            SELECT format('process %s (%s, %s, for %s s)', pid, coalesce(nullif(application_name, ''), 'unnamed'),
                usename, round(extract(epoch FROM now() - xact_start)))
            FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start < now() - interval '2 s'
            ORDER BY xact_start LIMIT 5
            """;

    private final int attempts;
    private final Duration pause;
    private final PrintStream out;

    LockPatience(int attempts, Duration pause, PrintStream out) {
        this.attempts = attempts;
        this.pause = pause;
        this.out = out;
    }

    /// What `make migrate` has: five minutes in all.
    static LockPatience standard(PrintStream out) {
        return new LockPatience(40, Duration.ofSeconds(5), out);
    }

    /// Runs work that leaves nothing half done when a lock is not to be had, on a connection without an open
    /// transaction.
    ///
    /// @throws MigrationException that names the holders when the last attempt met them too
    <T> T run(Connection connection, Supplier<T> work) {
        PostgresServer.execute(connection, "SET lock_timeout = '3s'");
        for (int attempt = 1; ; attempt++) {
            try {
                return work.get();
            } catch (MigrationException refused) {
                if (!isWaiting(refused)) {
                    throw refused;
                }
                String holders = holders(connection);
                if (attempt == attempts) {
                    throw new MigrationException(
                            "PostgreSQL: a table that has to change is in use by " + holders
                                    + ". Run the job again when they have ended, or end them (pg_terminate_backend).",
                            refused);
                }
                out.printf("  a table that has to change is in use by %s; trying again%n", holders);
                sleep();
            }
        }
    }

    private static boolean isWaiting(Throwable refused) {
        for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && NOT_AVAILABLE.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private static String holders(Connection connection) {
        try {
            if (!connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw PostgresServer.failure("give up a change that waits", e);
        }
        List<String> found = PostgresServer.strings(connection, HOLDERS);
        return found.isEmpty() ? "transactions that have ended meanwhile" : String.join(", ", found);
    }

    private void sleep() {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MigrationException("The job was stopped while it waited for a table", e);
        }
    }
}
