package org.aula.auth.registration;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.auth.v1.RegistrationCancelled;
import org.aula.api.auth.v1.RegistrationCompleted;
import org.aula.api.auth.v1.UserRegistered;
import org.aula.kernel.events.Outbox;

/// What others are told of registrations.
@Singleton
final class RegistrationEvents {

    private final Outbox outbox;

    RegistrationEvents(Outbox outbox) {
        this.outbox = outbox;
    }

    void registered(UUID accountId) {
        outbox.append(
                UserRegistered.newBuilder().setUserId(accountId.toString()).build());
    }

    void completed(UUID accountId) {
        outbox.append(RegistrationCompleted.newBuilder()
                .setUserId(accountId.toString())
                .build());
    }

    void cancelled(UUID accountId) {
        outbox.append(RegistrationCancelled.newBuilder()
                .setUserId(accountId.toString())
                .build());
    }
}
