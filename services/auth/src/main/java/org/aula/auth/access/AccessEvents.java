package org.aula.auth.access;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.aula.api.auth.v1.AccessChanged;
import org.aula.api.auth.v1.RolesChanged;
import org.aula.kernel.events.Outbox;
import org.aula.kernel.time.Times;

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
    public void accountChanged(UUID accountId) {
        accountsChanged(List.of(accountId));
    }

    /// Every token of these accounts is stale.
    void accountsChanged(List<UUID> accountIds) {
        var notBefore = order.beginChanging();
        accountIds.forEach(accountId -> outbox.append(changed(accountId.toString(), notBefore)
                .setUserId(accountId.toString())
                .build()));
    }

    /// Every token of a session is stale. The session must be ended by then, under its lock, so that it
    /// cannot get another.
    public void sessionEnded(UUID accountId, UUID sessionId) {
        outbox.append(changed(accountId.toString(), order.afterNow())
                .setUserId(accountId.toString())
                .setSessionId(sessionId.toString())
                .build());
    }

    /// Every token that names a role is stale: its permissions changed.
    public void roleChanged(String role) {
        outbox.append(
                changed("role:" + role, order.beginChanging()).setRole(role).build());
    }

    /// The roles of an account are others now.
    void rolesChanged(UUID accountId, List<String> roles) {
        outbox.append(RolesChanged.newBuilder()
                .setUserId(accountId.toString())
                .addAllRoles(roles)
                .build());
    }

    private static AccessChanged.Builder changed(String subject, Instant notBefore) {
        return AccessChanged.newBuilder().setSubject(subject).setNotBeforeTime(Times.timestamp(notBefore));
    }
}
