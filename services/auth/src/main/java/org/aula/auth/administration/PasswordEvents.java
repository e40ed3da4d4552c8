package org.aula.auth.administration;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.auth.v1.PasswordChanged;
import org.aula.kernel.events.Outbox;
import org.jdbi.v3.core.Handle;

/// What others are told of passwords.
@Singleton
final class PasswordEvents {

    private final Outbox outbox;

    PasswordEvents(Outbox outbox) {
        this.outbox = outbox;
    }

    void changed(Handle handle, UUID accountId) {
        outbox.append(
                handle,
                PasswordChanged.newBuilder().setUserId(accountId.toString()).build());
    }
}
