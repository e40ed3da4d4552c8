package org.aula.kernel.testing;

import java.util.concurrent.atomic.AtomicInteger;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.postgres.Closing;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleListener;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

/// Counts what is sent to the database by calls; what relays, jobs and consumers send in their own threads
/// is left out. The statement that opens a transaction that writes passes JDBI by, and comes once with each of
/// its handles; so do those that were put off to its end, which the handle tells when it is closed. Left out is
/// the trip that looks up a request's key: every call that may come again makes exactly one.
final class StatementCounter implements SqlLogger, HandleListener {

    private final AtomicInteger statements = new AtomicInteger();

    @Override
    public void logBeforeExecution(StatementContext context) {
        count(1);
    }

    @Override
    public void handleCreated(Handle handle) {
        count(1);
    }

    @Override
    public void handleClosed(Handle handle) {
        count(handle.getConfig(Closing.class).size());
    }

    private void count(int more) {
        if (CallScope.isPresent() && CallScope.current().method().startsWith("aula.")) {
            statements.addAndGet(more);
        }
    }

    int counted() {
        return statements.get();
    }
}
