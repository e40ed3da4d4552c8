package org.aula.auth.registration;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.aula.api.users.v1.UserCreated;
import org.aula.api.users.v1.UserCreationFailed;
import org.aula.kernel.events.EventConsumer;

/// Ends registrations as the users service says.
@Singleton
final class UserOutcomeConsumer implements EventConsumer {

    private final Registrations registrations;

    UserOutcomeConsumer(Registrations registrations) {
        this.registrations = registrations;
    }

    @Override
    public String name() {
        return "auth.registration";
    }

    @Override
    public List<Subscription<?>> subscriptions() {
        return List.of(
                new Subscription<>(
                        UserCreated.getDefaultInstance(),
                        (event, envelope) -> registrations.complete(UUID.fromString(event.getUserId()))),
                new Subscription<>(
                        UserCreationFailed.getDefaultInstance(),
                        (event, envelope) -> registrations.fail(UUID.fromString(event.getUserId()))));
    }
}
