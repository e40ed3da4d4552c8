package org.aula.auth.factor;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.auth.v1.SecondFactorDisabled;
import org.aula.api.auth.v1.SecondFactorEnabled;
import org.aula.kernel.events.Outbox;
import org.jdbi.v3.core.Handle;

/// What others are told of second factors.
@Singleton
final class SecondFactorEvents {

    private final Outbox outbox;

    SecondFactorEvents(Outbox outbox) {
        this.outbox = outbox;
    }

    void enabled(Handle handle, UUID accountId) {
        outbox.append(
                handle,
                SecondFactorEnabled.newBuilder().setUserId(accountId.toString()).build());
    }

    void disabled(Handle handle, UUID accountId) {
        outbox.append(
                handle,
                SecondFactorDisabled.newBuilder()
                        .setUserId(accountId.toString())
                        .build());
    }
}
