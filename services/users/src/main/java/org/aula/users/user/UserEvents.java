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
import org.jdbi.v3.core.Handle;

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

    public void created(Handle handle, UUID userId) {
        outbox.append(
                handle, UserCreated.newBuilder().setUserId(userId.toString()).build());
    }

    public void creationFailed(Handle handle, UUID userId) {
        outbox.append(
                handle,
                UserCreationFailed.newBuilder().setUserId(userId.toString()).build());
    }

    void updated(Handle handle, User before, User after) {
        outbox.append(
                handle,
                UserUpdated.newBuilder()
                        .setUserId(after.id().toString())
                        .addParts(RESOURCE)
                        .build());
        audit.record(handle, RESOURCE, after.id(), UserMapper.toProto(before), UserMapper.toProto(after));
    }

    void deleted(Handle handle, UUID userId) {
        outbox.append(
                handle, UserDeleted.newBuilder().setUserId(userId.toString()).build());
    }

    void restored(Handle handle, UUID userId) {
        outbox.append(
                handle, UserRestored.newBuilder().setUserId(userId.toString()).build());
    }

    /// The audit entry of a deletion or a restoration. A repeated call has one too, without changes: the
    /// first may have ended before it wrote its own.
    void removalAudited(Handle handle, User before, User after) {
        audit.record(handle, RESOURCE, after.id(), UserMapper.toProto(before), UserMapper.toProto(after));
    }

    /// There is no entry for a change that changes nothing: the first call has written it with the change.
    void unchanged() {
        audit.nothing();
    }
}
