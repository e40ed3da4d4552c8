package org.aula.auth.access;

import com.google.rpc.Code;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.jdbi.v3.core.Handle;

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

    Permission createPermission(Handle handle, String name, String description) {
        var permission = new Permission(name, description, false);
        if (!roles.insertPermission(handle, permission)) {
            throw Errors.alreadyExists(
                    ErrorReason.ERROR_REASON_PERMISSION_EXISTS, "there is a permission of this name", Map.of());
        }
        return permission;
    }

    /// @return the permission as it was
    Permission deletePermission(Handle handle, String name) {
        order.lockExclusive(handle);
        var permission = requirePermission(handle, name);
        if (permission.builtIn()) {
            throw Role.builtIn("the platform itself asks for this permission");
        }
        var losers = roles.accountsWith(handle, name);
        var poorer = roles.rolesWith(handle, name);
        roles.deletePermission(handle, name);
        poorer.forEach(role -> events.roleChanged(handle, role));
        events.accountsChanged(handle, losers);
        return permission;
    }

    Role createRole(Handle handle, String name, String description, List<String> permissions) {
        // A permission that is deleted at the same time would be missed otherwise.
        order.lockExclusive(handle);
        requirePermissions(handle, permissions);
        var role = Role.draft(name, description, permissions);
        if (!roles.insert(handle, role)) {
            throw Errors.alreadyExists(ErrorReason.ERROR_REASON_ROLE_EXISTS, "there is a role of this name", Map.of());
        }
        return role;
    }

    /// A change that leads nowhere new is not refused for its etag: most likely the first answer got
    /// lost.
    Changed<Role> updateRole(Handle handle, String name, String etag, UnaryOperator<Role> change) {
        order.lockExclusive(handle);
        var before = requireRole(handle, name);
        var wanted = change.apply(before);
        requirePermissions(handle, wanted.permissions());
        if (wanted.equals(before)) {
            return new Changed<>(before, before);
        }
        if (!etag.isEmpty() && !etag.equals(before.etag())) {
            throw Errors.etagMismatch();
        }
        var after = wanted.nextVersion();
        administrators.requireOneAfter(handle, () -> roles.update(handle, after));
        if (!after.permissions().equals(before.permissions())) {
            events.roleChanged(handle, name);
        }
        return new Changed<>(before, after);
    }

    /// @return the role as it was
    Role deleteRole(Handle handle, String name) {
        order.lockExclusive(handle);
        var role = requireRole(handle, name);
        role.requireDeletable();
        roles.delete(handle, name);
        return role;
    }

    Changed<UserAccess> assignRole(Handle handle, UUID accountId, String role) {
        return changeRoles(handle, accountId, role, () -> users.addRole(handle, accountId, role));
    }

    Changed<UserAccess> unassignRole(Handle handle, UUID accountId, String role) {
        return changeRoles(handle, accountId, role, () -> users.removeRole(handle, accountId, role));
    }

    Changed<UserAccess> setPermission(Handle handle, UUID accountId, String permission, GrantEffect effect) {
        return changePermission(
                handle, accountId, permission, () -> users.setPermission(handle, accountId, permission, effect));
    }

    Changed<UserAccess> clearPermission(Handle handle, UUID accountId, String permission) {
        return changePermission(
                handle, accountId, permission, () -> users.clearPermission(handle, accountId, permission));
    }

    private Changed<UserAccess> changeRoles(Handle handle, UUID accountId, String role, Runnable change) {
        return changeUser(handle, accountId, () -> requireRole(handle, role), change);
    }

    private Changed<UserAccess> changePermission(Handle handle, UUID accountId, String permission, Runnable change) {
        return changeUser(handle, accountId, () -> requirePermission(handle, permission), change);
    }

    private Changed<UserAccess> changeUser(Handle handle, UUID accountId, Runnable requirement, Runnable change) {
        order.lockExclusive(handle);
        var before = requireUser(users.find(handle, accountId));
        requirement.run();
        administrators.requireOneAfter(handle, change);
        var changed = new Changed<>(before, requireUser(users.find(handle, accountId)));
        if (!changed.isNothing()) {
            events.accountChanged(handle, accountId);
        }
        if (!changed.after().roles().equals(before.roles())) {
            events.rolesChanged(handle, accountId, changed.after().roles());
        }
        return changed;
    }

    Role requireRole(Handle handle, String name) {
        return roles.find(handle, name)
                .orElseThrow(() -> Errors.notFound(ErrorReason.ERROR_REASON_ROLE_NOT_FOUND, "no such role"));
    }

    private Permission requirePermission(Handle handle, String name) {
        return roles.findPermission(handle, name).orElseThrow(() -> permissionNotFound(name));
    }

    private void requirePermissions(Handle handle, List<String> names) {
        roles.unknownPermissions(handle, names).stream().findFirst().ifPresent(name -> {
            throw permissionNotFound(name);
        });
    }

    static ServiceException permissionNotFound(String name) {
        return Errors.of(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_PERMISSION_NOT_FOUND,
                "no such permission",
                Map.of("permission", name));
    }

    static <T> T requireUser(Optional<T> found) {
        return found.orElseThrow(() -> Errors.notFound(ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND, "no such account"));
    }
}
