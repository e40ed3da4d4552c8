package org.aula.kernel.testing;

import java.util.concurrent.atomic.AtomicInteger;
import org.aula.kernel.identity.CallScope;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

/// Counts what is sent to the database by calls; what relays, jobs and consumers send in their own threads
/// is left out.
final class StatementCounter implements SqlLogger {

    private final AtomicInteger statements = new AtomicInteger();

    @Override
    public void logBeforeExecution(StatementContext context) {
        if (CallScope.isPresent() && CallScope.current().method().startsWith("aula.")) {
            statements.incrementAndGet();
        }
    }

    int count() {
        return statements.get();
    }
}
