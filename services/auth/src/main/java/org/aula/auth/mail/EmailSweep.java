package org.aula.auth.mail;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.aula.kernel.operation.RecurringJob;
import org.aula.kernel.postgres.Transactions;

/// Forgets what emails needed.
@Singleton
final class EmailSweep implements RecurringJob {

    private static final Duration TOKENS_KEPT = Duration.ofDays(7);
    private static final Duration CHANGES_KEPT = Duration.ofDays(30);
    private static final Duration REQUESTS_KEPT = Duration.ofDays(1);

    private final EmailVerificationRepository verifications;
    private final PasswordResetRepository resets;
    private final EmailChangeRepository changes;
    private final EmailRequestRepository requests;
    private final Transactions transactions;
    private final Clock clock;

    EmailSweep(
            EmailVerificationRepository verifications,
            PasswordResetRepository resets,
            EmailChangeRepository changes,
            EmailRequestRepository requests,
            Transactions transactions,
            Clock clock) {
        this.verifications = verifications;
        this.resets = resets;
        this.changes = changes;
        this.requests = requests;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "letter-sweep";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() {
        var now = clock.instant();
        transactions.writeVoid(handle -> {
            verifications.deleteExpired(handle, now.minus(TOKENS_KEPT));
            resets.deleteExpired(handle, now.minus(TOKENS_KEPT));
            changes.deleteOlder(handle, now.minus(CHANGES_KEPT));
            requests.deleteOlder(handle, now.minus(REQUESTS_KEPT));
        });
    }
}
