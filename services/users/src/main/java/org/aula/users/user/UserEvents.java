package org.aula.users.user;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.users.v1.UserCreated;
import org.aula.kernel.events.Outbox;
import org.jdbi.v3.core.Handle;

/// What others are told of users.
@Singleton
final class UserEvents {

    private final Outbox outbox;

    UserEvents(Outbox outbox) {
        this.outbox = outbox;
    }

    void created(Handle handle, UUID userId) {
        outbox.append(
                handle, UserCreated.newBuilder().setUserId(userId.toString()).build());
    }
}
