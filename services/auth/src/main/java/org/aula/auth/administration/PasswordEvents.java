package org.aula.auth.administration;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.auth.v1.PasswordChanged;
import org.aula.kernel.events.Outbox;

/// What others are told of passwords.
@Singleton
final class PasswordEvents {

    private final Outbox outbox;

    PasswordEvents(Outbox outbox) {
        this.outbox = outbox;
    }

    void changed(UUID accountId) {
        outbox.append(
                PasswordChanged.newBuilder().setUserId(accountId.toString()).build());
    }
}
