package org.aula.users.user;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.aula.api.auth.v1.UserRegistered;
import org.aula.kernel.events.EventConsumer;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the user of a new account. The documents come first: whoever sees the row finds them, and
/// a try that fails behind them leaves nothing that the next try minds. While `auth` or MongoDB is
/// away the event waits.
@Singleton
final class UserRegisteredConsumer implements EventConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(UserRegisteredConsumer.class);

    private final RegistrationClient registrations;
    private final ProfileStore profiles;
    private final UserRepository users;
    private final UserEvents events;
    private final Clock clock;

    UserRegisteredConsumer(
            RegistrationClient registrations,
            ProfileStore profiles,
            UserRepository users,
            UserEvents events,
            Clock clock) {
        this.registrations = registrations;
        this.profiles = profiles;
        this.users = users;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "users.registration";
    }

    @Override
    public List<Subscription<?>> subscriptions() {
        return List.of(new Subscription<>(
                UserRegistered.getDefaultInstance(),
                (handle, event, envelope) -> create(handle, UUID.fromString(event.getUserId()))));
    }

    private void create(Handle handle, UUID userId) {
        var registration = registrations.find(userId);
        if (registration.isEmpty()) {
            LOG.info("the account {} is gone, so it gets no user", userId);
            return;
        }
        var now = clock.instant();
        profiles.insertMissing(userId, now);
        if (users.insert(handle, registration.get(), now)) {
            events.created(handle, userId);
        }
    }
}
