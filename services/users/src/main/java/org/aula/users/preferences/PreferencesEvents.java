package org.aula.users.preferences;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.users.v1.UserUpdated;
import org.aula.kernel.events.Outbox;
import org.jdbi.v3.core.Handle;

/// What others are told of preferences.
@Singleton
final class PreferencesEvents {

    private final Outbox outbox;

    PreferencesEvents(Outbox outbox) {
        this.outbox = outbox;
    }

    void updated(Handle handle, UUID userId) {
        outbox.append(
                handle,
                UserUpdated.newBuilder()
                        .setUserId(userId.toString())
                        .addParts("preferences")
                        .build());
    }
}
