package org.aula.auth.mail;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.aula.kernel.operation.RecurringJob;
import org.aula.kernel.postgres.Database;

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
    private final Database database;
    private final Clock clock;

    EmailSweep(
            EmailVerificationRepository verifications,
            PasswordResetRepository resets,
            EmailChangeRepository changes,
            EmailRequestRepository requests,
            Database database,
            Clock clock) {
        this.verifications = verifications;
        this.resets = resets;
        this.changes = changes;
        this.requests = requests;
        this.database = database;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "email-sweep";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() {
        var now = clock.instant();
        database.transact(() -> {
            verifications.deleteExpired(now.minus(TOKENS_KEPT));
            resets.deleteExpired(now.minus(TOKENS_KEPT));
            changes.deleteOlder(now.minus(CHANGES_KEPT));
            requests.deleteOlder(now.minus(REQUESTS_KEPT));
        });
    }
}
