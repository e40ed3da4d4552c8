package org.aula.users.user;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.users.v1.UserCreated;
import org.aula.api.users.v1.UserCreationFailed;
import org.aula.api.users.v1.UserDeleted;
import org.aula.api.users.v1.UserRestored;
import org.aula.api.users.v1.UserUpdated;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.events.Outbox;

/// What others are told of users, and what the audit log keeps.
@Singleton
public final class UserEvents {

    private static final String RESOURCE = "user";

    private final Outbox outbox;
    private final Audit audit;

    UserEvents(Outbox outbox, Audit audit) {
        this.outbox = outbox;
        this.audit = audit;
    }

    public void created(UUID userId) {
        outbox.append(UserCreated.newBuilder().setUserId(userId.toString()).build());
    }

    public void creationFailed(UUID userId) {
        outbox.append(
                UserCreationFailed.newBuilder().setUserId(userId.toString()).build());
    }

    void updated(User before, User after) {
        outbox.append(UserUpdated.newBuilder()
                .setUserId(after.id().toString())
                .addParts(RESOURCE)
                .build());
        audit.record(RESOURCE, after.id(), UserMapper.toProto(before), UserMapper.toProto(after));
    }

    void deleted(UUID userId) {
        outbox.append(UserDeleted.newBuilder().setUserId(userId.toString()).build());
    }

    void restored(UUID userId) {
        outbox.append(UserRestored.newBuilder().setUserId(userId.toString()).build());
    }

    /// The audit entry of a deletion or a restoration. A repeated call has one too, without changes: the
    /// first may have ended before it wrote its own.
    void removalAudited(User before, User after) {
        audit.record(RESOURCE, after.id(), UserMapper.toProto(before), UserMapper.toProto(after));
    }

    /// There is no entry for a change that changes nothing: the first call has written it with the change.
    void unchanged() {
        audit.nothing();
    }
}
