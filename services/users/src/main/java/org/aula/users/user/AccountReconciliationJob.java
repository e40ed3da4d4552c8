package org.aula.users.user;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.aula.kernel.operation.RecurringJob;
import org.aula.kernel.postgres.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finishes deletions and restorations that ended between their steps, see [UserRemoval].
@Singleton
final class AccountReconciliationJob implements RecurringJob {

    private static final Logger LOG = LoggerFactory.getLogger(AccountReconciliationJob.class);
    /// Longer than any call that may still be between its steps.
    private static final Duration SETTLED_AFTER = Duration.ofMinutes(1);
    private static final int MAX_BATCH = 500;

    private final AccountRepository accounts;
    private final UserRemoval removal;
    private final Transactions transactions;
    private final Clock clock;

    AccountReconciliationJob(AccountRepository accounts, UserRemoval removal, Transactions transactions, Clock clock) {
        this.accounts = accounts;
        this.removal = removal;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "account-follower";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(5);
    }

    @Override
    public void run() {
        var before = clock.instant().minus(SETTLED_AFTER);
        for (var left : transactions.read(handle -> accounts.leftBehind(handle, before, MAX_BATCH))) {
            LOG.info("user {} follows its account: {}", left.userId(), left.gone() ? "deleted" : "restored");
            removal.follow(left.userId(), left.gone());
        }
    }
}
