package org.aula.users.registration;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.aula.api.auth.v1.RegistrationCancelled;
import org.aula.api.auth.v1.UserRegistered;
import org.aula.kernel.events.EventConsumer;

/// Listens to what becomes of registrations: `auth` keeps each as a saga, and this is its part. While `auth`
/// or MongoDB is unavailable an event waits; a user that cannot be made for good is undone, and `auth` told.
@Singleton
final class RegistrationConsumer implements EventConsumer {

    private final UserCreation creation;

    RegistrationConsumer(UserCreation creation) {
        this.creation = creation;
    }

    @Override
    public String name() {
        return "users.registration";
    }

    @Override
    public List<Subscription<?>> subscriptions() {
        return List.of(
                new Subscription<>(
                        UserRegistered.getDefaultInstance(),
                        (event, envelope) -> creation.create(UUID.fromString(event.getUserId())),
                        (event, envelope) -> creation.undo(UUID.fromString(event.getUserId()))),
                new Subscription<>(
                        RegistrationCancelled.getDefaultInstance(),
                        (event, envelope) -> creation.undo(UUID.fromString(event.getUserId()))));
    }
}
