package org.aula.auth.access;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.change.Change;
import org.aula.kernel.change.Etags;
import org.aula.kernel.error.Errors;
import org.aula.kernel.postgres.Database;

/// Roles and permissions. Changes take turns, and no token is issued meanwhile, so that what is decided
/// stays true; each is told to every service and has its entry in the audit log.
///
/// Every method throws [ServiceException] with the reasons that the contract names for its RPC.
@Singleton
final class RoleService {

    private static final String PERMISSION = "permission";
    private static final String ROLE = "role";

    private final RoleRepository roles;
    private final LastAdminGuard administrators;
    private final RightsLockRepository order;
    private final AccessEvents events;
    private final Database database;
    private final Audit audit;

    RoleService(
            RoleRepository roles,
            LastAdminGuard administrators,
            RightsLockRepository order,
            AccessEvents events,
            Database database,
            Audit audit) {
        this.roles = roles;
        this.administrators = administrators;
        this.order = order;
        this.events = events;
        this.database = database;
        this.audit = audit;
    }

    /// Every permission by name.
    List<Permission> listPermissions() {
        return database.query(roles::listPermissions);
    }

    /// Adds a permission, in the caller's transaction.
    Permission createPermission(String name, String description) {
        var permission = new Permission(name, description, false);
        if (roles.insertPermission(name, description) == 0) {
            throw Errors.alreadyExists(
                    ErrorReason.ERROR_REASON_PERMISSION_EXISTS, "a permission with this name exists", Map.of());
        }
        audit.recordCreated(PERMISSION, name, AccessMapper.toProto(permission));
        return permission;
    }

    /// Deletes a permission; roles and accounts lose it.
    void deletePermission(String name) {
        database.transact(() -> {
            order.lockExclusive();
            var permission = roles.findPermission(name).orElseThrow(() -> AccessErrors.permissionNotFound(name));
            if (permission.builtIn()) {
                throw Role.builtIn("the platform itself asks for this permission");
            }
            var accountsBefore = roles.accountsWith(name);
            var rolesBefore = roles.rolesWith(name);
            roles.deletePermission(name);
            rolesBefore.forEach(events::roleChanged);
            events.accountsChanged(accountsBefore);
            audit.recordDeleted(PERMISSION, name, AccessMapper.toProto(permission));
        });
    }

    /// Every role by name.
    List<Role> list() {
        return database.query(roles::list);
    }

    Role get(String name) {
        return database.query(() -> require(name));
    }

    /// Adds a role, in the caller's transaction.
    Role create(String name, String description, List<String> permissions) {
        // A permission that is deleted at the same time would be missed otherwise.
        order.lockExclusive();
        requirePermissions(permissions);
        var role = Role.draft(name, description, permissions);
        if (roles.insert(role.name(), role.description(), role.version()) == 0) {
            throw Errors.alreadyExists(ErrorReason.ERROR_REASON_ROLE_EXISTS, "a role with this name exists", Map.of());
        }
        roles.addPermissions(role.name(), role.permissions());
        audit.recordCreated(ROLE, name, AccessMapper.toProto(role));
        return role;
    }

    /// Changes a role. A change that leads nowhere new is not refused for its etag: most likely the first
    /// answer got lost.
    ///
    /// @param etag that the caller read; empty when it does not matter
    /// @param next gives the role as it shall be
    Role update(String name, String etag, UnaryOperator<Role> next) {
        return database.transact(() -> {
            order.lockExclusive();
            var before = require(name);
            var wanted = next.apply(before);
            requirePermissions(wanted.permissions());
            var changed = wanted.equals(before) ? Change.none(before) : new Change<>(before, wanted.nextVersion());
            if (!changed.isNone()) {
                Etags.require(etag, before.version());
                write(changed);
            }
            audit.record(ROLE, name, changed, AccessMapper::toProto);
            return changed.after();
        });
    }

    /// Deletes a role that no living account holds.
    void delete(String name) {
        database.transact(() -> {
            order.lockExclusive();
            var role = require(name);
            role.requireDeletable();
            roles.unassign(name);
            roles.delete(name);
            audit.recordDeleted(ROLE, name, AccessMapper.toProto(role));
        });
    }

    private void write(Change<Role> changed) {
        var role = changed.after();
        administrators.requireOneAfter(() -> {
            roles.update(role);
            roles.removeOtherPermissions(role.name(), role.permissions());
            roles.addPermissions(role.name(), role.permissions());
        });
        if (!role.permissions().equals(changed.before().permissions())) {
            events.roleChanged(role.name());
        }
    }

    private Role require(String name) {
        return roles.find(name).orElseThrow(AccessErrors::roleNotFound);
    }

    private void requirePermissions(List<String> names) {
        var known = Set.copyOf(roles.findPermissionNames(names));
        names.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw AccessErrors.permissionNotFound(name);
        });
    }
}
