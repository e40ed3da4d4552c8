package org.aula.auth.access;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.aula.api.auth.v1.AccessChanged;
import org.aula.api.auth.v1.RolesChanged;
import org.aula.kernel.events.Outbox;
import org.aula.kernel.time.Times;
import org.jdbi.v3.core.Handle;

/// Tells every service which access tokens are stale. They refuse those within a second of the commit;
/// refreshing gives a token that knows of the change.
///
/// Changes of rights hold back issuing until their transaction ends ([RightsLockRepository]), so they
/// belong to its end. What changes an account's own row does that before.
@Singleton
public final class AccessEvents {

    private final RightsLockRepository order;
    private final Outbox outbox;

    AccessEvents(RightsLockRepository order, Outbox outbox) {
        this.order = order;
        this.outbox = outbox;
    }

    /// Every token of an account is stale: its roles, its permissions or its state changed.
    public void accountChanged(Handle handle, UUID accountId) {
        accountsChanged(handle, List.of(accountId));
    }

    /// Every token of these accounts is stale.
    void accountsChanged(Handle handle, List<UUID> accountIds) {
        var notBefore = order.beginChanging(handle);
        accountIds.forEach(accountId -> outbox.append(
                handle,
                changed(accountId.toString(), notBefore)
                        .setUserId(accountId.toString())
                        .build()));
    }

    /// Every token of a session is stale. The session must be ended by then, under its lock, so that it
    /// cannot get another.
    public void sessionEnded(Handle handle, UUID accountId, UUID sessionId) {
        outbox.append(
                handle,
                changed(accountId.toString(), order.afterNow(handle))
                        .setUserId(accountId.toString())
                        .setSessionId(sessionId.toString())
                        .build());
    }

    /// Every token that names a role is stale: its permissions changed.
    public void roleChanged(Handle handle, String role) {
        outbox.append(
                handle,
                changed("role:" + role, order.beginChanging(handle))
                        .setRole(role)
                        .build());
    }

    /// The roles of an account are others now.
    void rolesChanged(Handle handle, UUID accountId, List<String> roles) {
        outbox.append(
                handle,
                RolesChanged.newBuilder()
                        .setUserId(accountId.toString())
                        .addAllRoles(roles)
                        .build());
    }

    private static AccessChanged.Builder changed(String subject, Instant notBefore) {
        return AccessChanged.newBuilder().setSubject(subject).setNotBeforeTime(Times.timestamp(notBefore));
    }
}
