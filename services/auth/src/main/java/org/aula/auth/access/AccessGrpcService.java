package org.aula.auth.access;

import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.function.Supplier;
import org.aula.api.auth.v1.AccessServiceHandler;
import org.aula.api.auth.v1.AssignRoleRequest;
import org.aula.api.auth.v1.AssignRoleResponse;
import org.aula.api.auth.v1.CheckPermissionRequest;
import org.aula.api.auth.v1.CheckPermissionResponse;
import org.aula.api.auth.v1.ClearUserPermissionRequest;
import org.aula.api.auth.v1.ClearUserPermissionResponse;
import org.aula.api.auth.v1.CreatePermissionRequest;
import org.aula.api.auth.v1.CreatePermissionResponse;
import org.aula.api.auth.v1.CreateRoleRequest;
import org.aula.api.auth.v1.CreateRoleResponse;
import org.aula.api.auth.v1.DeletePermissionRequest;
import org.aula.api.auth.v1.DeletePermissionResponse;
import org.aula.api.auth.v1.DeleteRoleRequest;
import org.aula.api.auth.v1.DeleteRoleResponse;
import org.aula.api.auth.v1.GetRoleRequest;
import org.aula.api.auth.v1.GetRoleResponse;
import org.aula.api.auth.v1.GetUserAccessRequest;
import org.aula.api.auth.v1.GetUserAccessResponse;
import org.aula.api.auth.v1.ListPermissionsRequest;
import org.aula.api.auth.v1.ListPermissionsResponse;
import org.aula.api.auth.v1.ListRolesRequest;
import org.aula.api.auth.v1.ListRolesResponse;
import org.aula.api.auth.v1.SetUserPermissionRequest;
import org.aula.api.auth.v1.SetUserPermissionResponse;
import org.aula.api.auth.v1.UnassignRoleRequest;
import org.aula.api.auth.v1.UnassignRoleResponse;
import org.aula.api.auth.v1.UpdateRoleRequest;
import org.aula.api.auth.v1.UpdateRoleResponse;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.change.Change;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.postgres.Database;

/// `aula.auth.v1.AccessService`.
@Singleton
final class AccessGrpcService extends AccessServiceHandler {

    private static final String PERMISSION = "permission";
    private static final String ROLE = "role";
    private static final String USER = "user";

    private final RoleRepository roles;
    private final UserAccessRepository users;
    private final AccessChange changes;
    private final Database database;
    private final Idempotency idempotency;
    private final Audit audit;

    AccessGrpcService(
            RoleRepository roles,
            UserAccessRepository users,
            AccessChange changes,
            Database database,
            Idempotency idempotency,
            Audit audit) {
        this.roles = roles;
        this.users = users;
        this.changes = changes;
        this.database = database;
        this.idempotency = idempotency;
        this.audit = audit;
    }

    @Override
    protected ListPermissionsResponse listPermissions(ListPermissionsRequest request) {
        var found = database.query(roles::listPermissions);
        return ListPermissionsResponse.newBuilder()
                .addAllPermissions(found.stream().map(AccessMapper::toProto).toList())
                .build();
    }

    @Override
    protected CreatePermissionResponse createPermission(CreatePermissionRequest request) {
        return idempotency.run(request, CreatePermissionResponse.parser(), () -> {
            var created =
                    AccessMapper.toProto(changes.createPermission(request.getPermission(), request.getDescription()));
            audit.recordCreated(PERMISSION, created.getName(), created);
            return CreatePermissionResponse.newBuilder().setPermission(created).build();
        });
    }

    @Override
    protected DeletePermissionResponse deletePermission(DeletePermissionRequest request) {
        database.transact(() -> {
            var deleted = AccessMapper.toProto(changes.deletePermission(request.getPermission()));
            audit.recordDeleted(PERMISSION, deleted.getName(), deleted);
        });
        return DeletePermissionResponse.getDefaultInstance();
    }

    @Override
    protected ListRolesResponse listRoles(ListRolesRequest request) {
        var found = database.query(roles::list);
        return ListRolesResponse.newBuilder()
                .addAllRoles(found.stream().map(AccessMapper::toProto).toList())
                .build();
    }

    @Override
    protected GetRoleResponse getRole(GetRoleRequest request) {
        var role = database.query(() -> changes.requireRole(request.getRole()));
        return GetRoleResponse.newBuilder().setRole(AccessMapper.toProto(role)).build();
    }

    @Override
    protected CreateRoleResponse createRole(CreateRoleRequest request) {
        return idempotency.run(request, CreateRoleResponse.parser(), () -> {
            var created = AccessMapper.toProto(
                    changes.createRole(request.getRole(), request.getDescription(), request.getPermissionsList()));
            audit.recordCreated(ROLE, created.getName(), created);
            return CreateRoleResponse.newBuilder().setRole(created).build();
        });
    }

    @Override
    protected UpdateRoleResponse updateRole(UpdateRoleRequest request) {
        var role = database.transact(() -> {
            var changed = changes.updateRole(request.getRole(), request.getEtag(), AccessMapper.update(request));
            var after = AccessMapper.toProto(changed.after());
            audit.record(ROLE, after.getName(), changed, AccessMapper::toProto);
            return after;
        });
        return UpdateRoleResponse.newBuilder().setRole(role).build();
    }

    @Override
    protected DeleteRoleResponse deleteRole(DeleteRoleRequest request) {
        database.transact(() -> {
            var deleted = AccessMapper.toProto(changes.deleteRole(request.getRole()));
            audit.recordDeleted(ROLE, deleted.getName(), deleted);
        });
        return DeleteRoleResponse.getDefaultInstance();
    }

    @Override
    protected GetUserAccessResponse getUserAccess(GetUserAccessRequest request) {
        var id = UUID.fromString(request.getUserId());
        CallScope.current().requireOwner(id);
        var access = AccessChange.requireUser(database.query(() -> users.find(id)));
        return GetUserAccessResponse.newBuilder()
                .setAccess(AccessMapper.toProto(access))
                .build();
    }

    @Override
    protected AssignRoleResponse assignRole(AssignRoleRequest request) {
        var id = UUID.fromString(request.getUserId());
        var access = change(() -> changes.assignRole(id, request.getRole()));
        return AssignRoleResponse.newBuilder().setAccess(access).build();
    }

    @Override
    protected UnassignRoleResponse unassignRole(UnassignRoleRequest request) {
        var id = UUID.fromString(request.getUserId());
        var access = change(() -> changes.unassignRole(id, request.getRole()));
        return UnassignRoleResponse.newBuilder().setAccess(access).build();
    }

    @Override
    protected SetUserPermissionResponse setUserPermission(SetUserPermissionRequest request) {
        var id = UUID.fromString(request.getUserId());
        var effect = AccessMapper.fromProto(request.getEffect());
        var access = change(() -> changes.setPermission(id, request.getPermission(), effect));
        return SetUserPermissionResponse.newBuilder().setAccess(access).build();
    }

    @Override
    protected ClearUserPermissionResponse clearUserPermission(ClearUserPermissionRequest request) {
        var id = UUID.fromString(request.getUserId());
        var access = change(() -> changes.clearPermission(id, request.getPermission()));
        return ClearUserPermissionResponse.newBuilder().setAccess(access).build();
    }

    @Override
    protected CheckPermissionResponse checkPermission(CheckPermissionRequest request) {
        var id = UUID.fromString(request.getUserId());
        CallScope.current().requireOwner(id);
        var check = AccessChange.requireUser(database.query(() -> users.check(id, request.getPermission())));
        if (!check.permissionExists()) {
            throw AccessChange.permissionNotFound(request.getPermission());
        }
        return AccessMapper.toProto(check);
    }

    private org.aula.api.auth.v1.UserAccess change(Supplier<Change<UserAccess>> work) {
        return database.transact(() -> {
            var changed = work.get();
            var after = AccessMapper.toProto(changed.after());
            audit.record(USER, after.getUserId(), changed, AccessMapper::toProto);
            return after;
        });
    }
}
