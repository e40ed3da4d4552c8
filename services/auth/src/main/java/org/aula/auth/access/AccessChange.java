package org.aula.auth.access;

import com.google.rpc.Code;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.kernel.change.Change;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;

/// Changes of roles, permissions and who has them, each in the caller's transaction: decided, written,
/// told to every service. One goes on at a time, and no token is issued meanwhile, so that what is
/// decided stays true.
///
/// Every method throws [ServiceException] with the reasons that the contract names for its RPC.
@Singleton
final class AccessChange {

    private final RoleRepository roles;
    private final UserAccessRepository users;
    private final LastAdminGuard administrators;
    private final RightsLockRepository order;
    private final AccessEvents events;

    AccessChange(
            RoleRepository roles,
            UserAccessRepository users,
            LastAdminGuard administrators,
            RightsLockRepository order,
            AccessEvents events) {
        this.roles = roles;
        this.users = users;
        this.administrators = administrators;
        this.order = order;
        this.events = events;
    }

    Permission createPermission(String name, String description) {
        var permission = new Permission(name, description, false);
        if (roles.insertPermission(name, description) == 0) {
            throw Errors.alreadyExists(
                    ErrorReason.ERROR_REASON_PERMISSION_EXISTS, "a permission with this name exists", Map.of());
        }
        return permission;
    }

    /// @return the permission as it was
    Permission deletePermission(String name) {
        order.lockExclusive();
        var permission = requirePermission(name);
        if (permission.builtIn()) {
            throw Role.builtIn("the platform itself asks for this permission");
        }
        var losers = roles.accountsWith(name);
        var poorer = roles.rolesWith(name);
        roles.deletePermission(name);
        poorer.forEach(role -> events.roleChanged(role));
        events.accountsChanged(losers);
        return permission;
    }

    Role createRole(String name, String description, List<String> permissions) {
        // A permission that is deleted at the same time would be missed otherwise.
        order.lockExclusive();
        requirePermissions(permissions);
        var role = Role.draft(name, description, permissions);
        if (roles.insert(role.name(), role.description(), role.version()) == 0) {
            throw Errors.alreadyExists(ErrorReason.ERROR_REASON_ROLE_EXISTS, "a role with this name exists", Map.of());
        }
        roles.addPermissions(role.name(), role.permissions());
        return role;
    }

    /// A change that leads nowhere new is not refused for its etag: most likely the first answer got
    /// lost.
    Change<Role> updateRole(String name, String etag, UnaryOperator<Role> change) {
        order.lockExclusive();
        var before = requireRole(name);
        var wanted = change.apply(before);
        requirePermissions(wanted.permissions());
        if (wanted.equals(before)) {
            return Change.none(before);
        }
        if (!etag.isEmpty() && !etag.equals(before.etag())) {
            throw Errors.etagMismatch();
        }
        var after = wanted.nextVersion();
        administrators.requireOneAfter(() -> write(after));
        if (!after.permissions().equals(before.permissions())) {
            events.roleChanged(name);
        }
        return new Change<>(before, after);
    }

    /// @return the role as it was
    Role deleteRole(String name) {
        order.lockExclusive();
        var role = requireRole(name);
        role.requireDeletable();
        roles.unassign(name);
        roles.delete(name);
        return role;
    }

    Change<UserAccess> assignRole(UUID accountId, String role) {
        return changeRoles(accountId, role, () -> users.addRole(accountId, role));
    }

    Change<UserAccess> unassignRole(UUID accountId, String role) {
        return changeRoles(accountId, role, () -> users.removeRole(accountId, role));
    }

    Change<UserAccess> setPermission(UUID accountId, String permission, GrantEffect effect) {
        var granted = effect == GrantEffect.GRANT;
        return changePermission(accountId, permission, () -> users.setPermission(accountId, permission, granted));
    }

    Change<UserAccess> clearPermission(UUID accountId, String permission) {
        return changePermission(accountId, permission, () -> users.clearPermission(accountId, permission));
    }

    private void write(Role role) {
        roles.update(role);
        roles.removeOtherPermissions(role.name(), role.permissions());
        roles.addPermissions(role.name(), role.permissions());
    }

    private Change<UserAccess> changeRoles(UUID accountId, String role, Runnable change) {
        return changeUser(accountId, () -> requireRole(role), change);
    }

    private Change<UserAccess> changePermission(UUID accountId, String permission, Runnable change) {
        return changeUser(accountId, () -> requirePermission(permission), change);
    }

    private Change<UserAccess> changeUser(UUID accountId, Runnable requirement, Runnable change) {
        order.lockExclusive();
        var before = requireUser(users.find(accountId));
        requirement.run();
        administrators.requireOneAfter(change);
        var changed = new Change<>(before, requireUser(users.find(accountId)));
        if (!changed.isNone()) {
            events.accountChanged(accountId);
        }
        if (!changed.after().roles().equals(before.roles())) {
            events.rolesChanged(accountId, changed.after().roles());
        }
        return changed;
    }

    Role requireRole(String name) {
        return roles.find(name)
                .orElseThrow(() -> Errors.notFound(ErrorReason.ERROR_REASON_ROLE_NOT_FOUND, "role not found"));
    }

    private Permission requirePermission(String name) {
        return roles.findPermission(name).orElseThrow(() -> permissionNotFound(name));
    }

    private void requirePermissions(List<String> names) {
        var known = Set.copyOf(roles.findPermissionNames(names));
        names.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw permissionNotFound(name);
        });
    }

    static ServiceException permissionNotFound(String name) {
        return Errors.of(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_PERMISSION_NOT_FOUND,
                "permission not found",
                Map.of("permission", name));
    }

    static <T> T requireUser(Optional<T> found) {
        return found.orElseThrow(
                () -> Errors.notFound(ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND, "account not found"));
    }
}
