package org.aula.auth.factor;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.auth.v1.SecondFactorDisabled;
import org.aula.api.auth.v1.SecondFactorEnabled;
import org.aula.kernel.events.Outbox;

/// What others are told of second factors.
@Singleton
final class SecondFactorEvents {

    private final Outbox outbox;

    SecondFactorEvents(Outbox outbox) {
        this.outbox = outbox;
    }

    void enabled(UUID accountId) {
        outbox.append(
                SecondFactorEnabled.newBuilder().setUserId(accountId.toString()).build());
    }

    void disabled(UUID accountId) {
        outbox.append(SecondFactorDisabled.newBuilder()
                .setUserId(accountId.toString())
                .build());
    }
}
