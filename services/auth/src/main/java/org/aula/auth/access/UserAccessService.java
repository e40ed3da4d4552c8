package org.aula.auth.access;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.auth.account.AccountErrors;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.change.Change;
import org.aula.kernel.postgres.Database;

/// What accounts may do. Changes take turns, and no token is issued meanwhile, so that what is decided
/// stays true; each is told to every service and has its entry in the audit log.
///
/// Every method throws [ServiceException] with the reasons that the contract names for its RPC.
@Singleton
final class UserAccessService {

    private final UserAccessRepository users;
    private final RoleRepository roles;
    private final LastAdminGuard administrators;
    private final RightsLockRepository order;
    private final AccessEvents events;
    private final Database database;
    private final Audit audit;

    UserAccessService(
            UserAccessRepository users,
            RoleRepository roles,
            LastAdminGuard administrators,
            RightsLockRepository order,
            AccessEvents events,
            Database database,
            Audit audit) {
        this.users = users;
        this.roles = roles;
        this.administrators = administrators;
        this.order = order;
        this.events = events;
        this.database = database;
        this.audit = audit;
    }

    UserAccess get(UUID accountId) {
        return database.query(() -> require(accountId));
    }

    /// Whether an account may do something.
    PermissionCheck check(UUID accountId, String permission) {
        var check = database.query(() -> users.check(accountId, permission)).orElseThrow(AccountErrors::notFound);
        if (!check.permissionExists()) {
            throw AccessErrors.permissionNotFound(permission);
        }
        return check;
    }

    UserAccess assignRole(UUID accountId, String role) {
        return changeRoles(accountId, role, () -> users.addRole(accountId, role));
    }

    UserAccess unassignRole(UUID accountId, String role) {
        return changeRoles(accountId, role, () -> users.removeRole(accountId, role));
    }

    UserAccess setPermission(UUID accountId, String permission, GrantEffect effect) {
        var granted = effect == GrantEffect.GRANT;
        return changePermission(accountId, permission, () -> users.setPermission(accountId, permission, granted));
    }

    UserAccess clearPermission(UUID accountId, String permission) {
        return changePermission(accountId, permission, () -> users.clearPermission(accountId, permission));
    }

    private UserAccess changeRoles(UUID accountId, String role, Runnable change) {
        return change(accountId, () -> requireRole(role), change);
    }

    private UserAccess changePermission(UUID accountId, String permission, Runnable change) {
        return change(accountId, () -> requirePermission(permission), change);
    }

    private UserAccess change(UUID accountId, Runnable requirement, Runnable change) {
        return database.transact(() -> {
            order.lockExclusive();
            var before = require(accountId);
            requirement.run();
            administrators.requireOneAfter(change);
            var changed = new Change<>(before, require(accountId));
            if (!changed.isNone()) {
                events.accountChanged(accountId);
            }
            if (!changed.after().roles().equals(before.roles())) {
                events.rolesChanged(accountId, changed.after().roles());
            }
            audit.record("user", accountId, changed, AccessMapper::toProto);
            return changed.after();
        });
    }

    private UserAccess require(UUID accountId) {
        return users.find(accountId).orElseThrow(AccountErrors::notFound);
    }

    private Role requireRole(String name) {
        return roles.find(name).orElseThrow(AccessErrors::roleNotFound);
    }

    private Permission requirePermission(String name) {
        return roles.findPermission(name).orElseThrow(() -> AccessErrors.permissionNotFound(name));
    }
}
