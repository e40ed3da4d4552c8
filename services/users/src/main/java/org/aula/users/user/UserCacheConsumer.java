package org.aula.users.user;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.aula.api.users.v1.UserCreationFailed;
import org.aula.api.users.v1.UserDeleted;
import org.aula.api.users.v1.UserRestored;
import org.aula.api.users.v1.UserUpdated;
import org.aula.kernel.events.EventConsumer;
import org.jdbi.v3.core.Handle;

/// Marks cached users as stale once more, by the service's own events. Whoever changes a user does so right
/// after the commit; this is for when they could not, because Redis was away from them or the process died.
/// While Redis is away the event waits.
@Singleton
final class UserCacheConsumer implements EventConsumer {

    private final UserCacheStore cache;
    private final UserRepository users;

    UserCacheConsumer(UserCacheStore cache, UserRepository users) {
        this.cache = cache;
        this.users = users;
    }

    @Override
    public String name() {
        return "users.cache";
    }

    @Override
    public List<Subscription<?>> subscriptions() {
        return List.of(
                new Subscription<>(
                        UserUpdated.getDefaultInstance(), (handle, event, envelope) -> mark(handle, event.getUserId())),
                new Subscription<>(
                        UserDeleted.getDefaultInstance(), (handle, event, envelope) -> mark(handle, event.getUserId())),
                new Subscription<>(
                        UserRestored.getDefaultInstance(),
                        (handle, event, envelope) -> mark(handle, event.getUserId())),
                new Subscription<>(
                        UserCreationFailed.getDefaultInstance(),
                        (handle, event, envelope) -> mark(handle, event.getUserId())));
    }

    private void mark(Handle handle, String userId) {
        var id = UUID.fromString(userId);
        cache.markSurely(id, users.find(handle, id).map(User::version).orElse(UserCacheStore.GONE));
    }
}
