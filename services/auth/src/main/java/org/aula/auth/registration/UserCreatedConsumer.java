package org.aula.auth.registration;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.aula.api.users.v1.UserCreated;
import org.aula.kernel.events.EventConsumer;

/// Forgets the names that a visitor gave as soon as the users service has them.
@Singleton
final class UserCreatedConsumer implements EventConsumer {

    private final RegistrationRepository registrations;

    UserCreatedConsumer(RegistrationRepository registrations) {
        this.registrations = registrations;
    }

    @Override
    public String name() {
        return "auth.registration-names";
    }

    @Override
    public List<Subscription<?>> subscriptions() {
        return List.of(new Subscription<>(
                UserCreated.getDefaultInstance(),
                (handle, event, envelope) -> registrations.blankNames(handle, UUID.fromString(event.getUserId()))));
    }
}
