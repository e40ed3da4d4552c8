package org.aula.auth.mail;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.auth.v1.EmailChanged;
import org.aula.api.auth.v1.EmailVerificationRequested;
import org.aula.api.auth.v1.PasswordResetRequested;
import org.aula.api.auth.v1.RegistrationRepeated;
import org.aula.kernel.events.Outbox;

/// Which emails are due.
@Singleton
final class MailEvents {

    private final Outbox outbox;

    MailEvents(Outbox outbox) {
        this.outbox = outbox;
    }

    void verificationRequested(UUID accountId, UUID verificationId) {
        outbox.append(EmailVerificationRequested.newBuilder()
                .setUserId(accountId.toString())
                .setEmailVerificationId(verificationId.toString())
                .build());
    }

    void resetRequested(UUID accountId, UUID resetId) {
        outbox.append(PasswordResetRequested.newBuilder()
                .setUserId(accountId.toString())
                .setPasswordResetId(resetId.toString())
                .build());
    }

    void registrationRepeated(UUID accountId) {
        outbox.append(RegistrationRepeated.newBuilder()
                .setUserId(accountId.toString())
                .build());
    }

    void emailChanged(UUID accountId, UUID changeId) {
        outbox.append(EmailChanged.newBuilder()
                .setUserId(accountId.toString())
                .setChangedEmailId(changeId.toString())
                .build());
    }
}
