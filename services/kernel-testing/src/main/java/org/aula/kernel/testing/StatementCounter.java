package org.aula.kernel.testing;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.postgres.StatementObserver;

/// Counts the statements that calls send to the database, those that go with COMMIT too. What relays, jobs
/// and consumers send in their own threads is left out, and so is what travels with a statement: the
/// preamble, BEGIN and COMMIT.
final class StatementCounter implements StatementObserver {

    /// Methods of the contract, and what a test runs by [TestPlatform#inside].
    private static final Pattern COUNTED = Pattern.compile("aula\\.|test$");

    private final AtomicInteger statements = new AtomicInteger();

    @Override
    public void sending(String sql) {
        if (CallScope.isPresent()
                && COUNTED.matcher(CallScope.current().method()).lookingAt()) {
            statements.incrementAndGet();
        }
    }

    int counted() {
        return statements.get();
    }
}
