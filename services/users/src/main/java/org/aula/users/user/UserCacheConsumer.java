package org.aula.users.user;

import com.google.protobuf.Message;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.aula.api.users.v1.UserCreationFailed;
import org.aula.api.users.v1.UserDeleted;
import org.aula.api.users.v1.UserRestored;
import org.aula.api.users.v1.UserUpdated;
import org.aula.kernel.events.CommitListener;
import org.aula.kernel.events.EventConsumer;

/// Drops what the service's own events make stale: in the process of the change right after its commit, so
/// that whoever made it reads it; and once more when the stream tells of it, for when that process died or
/// did not reach Redis. While Redis is unavailable the event waits.
@Singleton
final class UserCacheConsumer implements EventConsumer, CommitListener {

    private final CachedUsers users;

    UserCacheConsumer(CachedUsers users) {
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
                        UserUpdated.getDefaultInstance(), (handle, event, envelope) -> drop(event.getUserId())),
                new Subscription<>(
                        UserDeleted.getDefaultInstance(), (handle, event, envelope) -> drop(event.getUserId())),
                new Subscription<>(
                        UserRestored.getDefaultInstance(), (handle, event, envelope) -> drop(event.getUserId())),
                new Subscription<>(
                        UserCreationFailed.getDefaultInstance(), (handle, event, envelope) -> drop(event.getUserId())));
    }

    @Override
    public void committed(Message event) {
        var userId = switch (event) {
            case UserUpdated updated -> updated.getUserId();
            case UserDeleted deleted -> deleted.getUserId();
            case UserRestored restored -> restored.getUserId();
            case UserCreationFailed failed -> failed.getUserId();
            default -> "";
        };
        if (!userId.isEmpty()) {
            users.changed(UUID.fromString(userId));
        }
    }

    private void drop(String userId) {
        users.changedSurely(UUID.fromString(userId));
    }
}
