package org.aula.users.preferences;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.users.v1.UserUpdated;
import org.aula.kernel.events.Outbox;

/// What others are told of preferences.
@Singleton
final class PreferencesEvents {

    private final Outbox outbox;

    PreferencesEvents(Outbox outbox) {
        this.outbox = outbox;
    }

    void updated(UUID userId) {
        outbox.append(UserUpdated.newBuilder()
                .setUserId(userId.toString())
                .addParts("preferences")
                .build());
    }
}
