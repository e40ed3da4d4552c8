package org.aula.auth.session;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.auth.v1.RefreshTokenReused;
import org.aula.kernel.events.Outbox;

/// What others are told of sessions.
@Singleton
final class SessionEvents {

    private final Outbox outbox;

    SessionEvents(Outbox outbox) {
        this.outbox = outbox;
    }

    void refreshTokenReused(UUID accountId, UUID sessionId) {
        outbox.append(RefreshTokenReused.newBuilder()
                .setUserId(accountId.toString())
                .setSessionId(sessionId.toString())
                .build());
    }
}
