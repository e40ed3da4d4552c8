package org.aula.auth.registration;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.auth.v1.RegistrationCancelled;
import org.aula.api.auth.v1.RegistrationCompleted;
import org.aula.api.auth.v1.UserRegistered;
import org.aula.kernel.events.Outbox;
import org.jdbi.v3.core.Handle;

/// What others are told of registrations.
@Singleton
final class RegistrationEvents {

    private final Outbox outbox;

    RegistrationEvents(Outbox outbox) {
        this.outbox = outbox;
    }

    void registered(Handle handle, UUID accountId) {
        outbox.append(
                handle,
                UserRegistered.newBuilder().setUserId(accountId.toString()).build());
    }

    void completed(Handle handle, UUID accountId) {
        outbox.append(
                handle,
                RegistrationCompleted.newBuilder()
                        .setUserId(accountId.toString())
                        .build());
    }

    void cancelled(Handle handle, UUID accountId) {
        outbox.append(
                handle,
                RegistrationCancelled.newBuilder()
                        .setUserId(accountId.toString())
                        .build());
    }
}
