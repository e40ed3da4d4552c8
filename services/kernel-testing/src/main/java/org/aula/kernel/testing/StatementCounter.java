package org.aula.kernel.testing;

import java.util.concurrent.atomic.AtomicInteger;
import org.aula.kernel.identity.CallScope;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleListener;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

/// Counts what is sent to the database by calls; what relays, jobs and consumers send in their own threads
/// is left out. The statement that opens a transaction that writes passes JDBI by, and comes once with each of
/// its handles.
final class StatementCounter implements SqlLogger, HandleListener {

    private final AtomicInteger statements = new AtomicInteger();

    @Override
    public void logBeforeExecution(StatementContext context) {
        count();
    }

    @Override
    public void handleCreated(Handle handle) {
        count();
    }

    private void count() {
        if (CallScope.isPresent() && CallScope.current().method().startsWith("aula.")) {
            statements.incrementAndGet();
        }
    }

    int counted() {
        return statements.get();
    }
}
