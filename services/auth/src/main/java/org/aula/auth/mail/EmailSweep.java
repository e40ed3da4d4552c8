package org.aula.auth.mail;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.aula.kernel.operation.RecurringJob;
import org.aula.kernel.postgres.Database;

/// Forgets what emails needed.
@Singleton
final class EmailSweep implements RecurringJob {

    private final EmailVerificationRepository verifications;
    private final PasswordResetRepository resets;
    private final EmailChangeRepository changes;
    private final EmailRequestRepository requests;
    private final Database database;
    private final MailSettings settings;
    private final Clock clock;

    EmailSweep(
            EmailVerificationRepository verifications,
            PasswordResetRepository resets,
            EmailChangeRepository changes,
            EmailRequestRepository requests,
            Database database,
            MailSettings settings,
            Clock clock) {
        this.verifications = verifications;
        this.resets = resets;
        this.changes = changes;
        this.requests = requests;
        this.database = database;
        this.settings = settings;
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
            verifications.deleteExpired(now.minus(settings.emailTokensKept()));
            resets.deleteExpired(now.minus(settings.emailTokensKept()));
            changes.deleteOlder(now.minus(settings.emailChangesKept()));
            requests.deleteOlder(now.minus(settings.emailRequestsKept()));
        });
    }
}
