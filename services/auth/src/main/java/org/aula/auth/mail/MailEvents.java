package org.aula.auth.mail;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.auth.v1.EmailChanged;
import org.aula.api.auth.v1.EmailVerificationRequested;
import org.aula.api.auth.v1.PasswordResetRequested;
import org.aula.kernel.events.Outbox;
import org.jdbi.v3.core.Handle;

/// Which emails are due.
@Singleton
final class MailEvents {

    private final Outbox outbox;

    MailEvents(Outbox outbox) {
        this.outbox = outbox;
    }

    void verificationRequested(Handle handle, UUID accountId, UUID verificationId) {
        outbox.append(
                handle,
                EmailVerificationRequested.newBuilder()
                        .setUserId(accountId.toString())
                        .setEmailVerificationId(verificationId.toString())
                        .build());
    }

    void resetRequested(Handle handle, UUID accountId, UUID resetId) {
        outbox.append(
                handle,
                PasswordResetRequested.newBuilder()
                        .setUserId(accountId.toString())
                        .setPasswordResetId(resetId.toString())
                        .build());
    }

    void emailChanged(Handle handle, UUID accountId, UUID changeId) {
        outbox.append(
                handle,
                EmailChanged.newBuilder()
                        .setUserId(accountId.toString())
                        .setChangedEmailId(changeId.toString())
                        .build());
    }
}
