package org.aula.grades.attempt;

import jakarta.inject.Singleton;
import java.time.Duration;
import org.aula.kernel.operation.RecurringJob;
import org.aula.kernel.postgres.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands in attempts whose time is over, with what was saved. Each in a transaction of its own, so that one
/// that fails holds up no other.
@Singleton
final class AttemptTimeoutJob implements RecurringJob {

    private static final Logger LOG = LoggerFactory.getLogger(AttemptTimeoutJob.class);
    private static final int BATCH = 500;

    private final AttemptService attempts;
    private final Transactions transactions;

    AttemptTimeoutJob(AttemptService attempts, Transactions transactions) {
        this.attempts = attempts;
        this.transactions = transactions;
    }

    @Override
    public String name() {
        return "attempt-timeout";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(5);
    }

    @Override
    public void run() {
        for (var id : transactions.read(handle -> attempts.findOver(handle, BATCH))) {
            try {
                transactions.writeVoid(handle -> attempts.expire(handle, id));
            } catch (RuntimeException failure) {
                LOG.error("attempt {} could not be handed in", id, failure);
            }
        }
    }
}
