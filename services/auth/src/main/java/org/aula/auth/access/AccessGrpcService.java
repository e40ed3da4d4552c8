package org.aula.auth.access;

import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.function.Function;
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
import org.aula.kernel.postgres.Transactions;
import org.jdbi.v3.core.Handle;

/// `aula.auth.v1.AccessService`.
@Singleton
final class AccessGrpcService extends AccessServiceHandler {

    private static final String PERMISSION = "permission";
    private static final String ROLE = "role";
    private static final String USER = "user";

    private final RoleRepository roles;
    private final UserAccessRepository users;
    private final AccessChange changes;
    private final Transactions transactions;
    private final Idempotency idempotency;
    private final Audit audit;

    AccessGrpcService(
            RoleRepository roles,
            UserAccessRepository users,
            AccessChange changes,
            Transactions transactions,
            Idempotency idempotency,
            Audit audit) {
        this.roles = roles;
        this.users = users;
        this.changes = changes;
        this.transactions = transactions;
        this.idempotency = idempotency;
        this.audit = audit;
    }

    @Override
    protected ListPermissionsResponse listPermissions(ListPermissionsRequest request) {
        var found = transactions.read(roles::listPermissions);
        return ListPermissionsResponse.newBuilder()
                .addAllPermissions(found.stream().map(AccessMapper::toProto).toList())
                .build();
    }

    @Override
    protected CreatePermissionResponse createPermission(CreatePermissionRequest request) {
        return idempotency.run(request, CreatePermissionResponse.parser(), handle -> {
            var created = AccessMapper.toProto(
                    changes.createPermission(handle, request.getPermission(), request.getDescription()));
            audit.recordCreated(handle, PERMISSION, created.getName(), created);
            return CreatePermissionResponse.newBuilder().setPermission(created).build();
        });
    }

    @Override
    protected DeletePermissionResponse deletePermission(DeletePermissionRequest request) {
        transactions.writeVoid(handle -> {
            var deleted = AccessMapper.toProto(changes.deletePermission(handle, request.getPermission()));
            audit.recordDeleted(handle, PERMISSION, deleted.getName(), deleted);
        });
        return DeletePermissionResponse.getDefaultInstance();
    }

    @Override
    protected ListRolesResponse listRoles(ListRolesRequest request) {
        var found = transactions.read(roles::list);
        return ListRolesResponse.newBuilder()
                .addAllRoles(found.stream().map(AccessMapper::toProto).toList())
                .build();
    }

    @Override
    protected GetRoleResponse getRole(GetRoleRequest request) {
        var role = transactions.read(handle -> changes.requireRole(handle, request.getRole()));
        return GetRoleResponse.newBuilder().setRole(AccessMapper.toProto(role)).build();
    }

    @Override
    protected CreateRoleResponse createRole(CreateRoleRequest request) {
        return idempotency.run(request, CreateRoleResponse.parser(), handle -> {
            var created = AccessMapper.toProto(changes.createRole(
                    handle, request.getRole(), request.getDescription(), request.getPermissionsList()));
            audit.recordCreated(handle, ROLE, created.getName(), created);
            return CreateRoleResponse.newBuilder().setRole(created).build();
        });
    }

    @Override
    protected UpdateRoleResponse updateRole(UpdateRoleRequest request) {
        var role = transactions.write(handle -> {
            var changed =
                    changes.updateRole(handle, request.getRole(), request.getEtag(), AccessMapper.update(request));
            var after = AccessMapper.toProto(changed.after());
            audit.record(handle, ROLE, after.getName(), changed, AccessMapper::toProto);
            return after;
        });
        return UpdateRoleResponse.newBuilder().setRole(role).build();
    }

    @Override
    protected DeleteRoleResponse deleteRole(DeleteRoleRequest request) {
        transactions.writeVoid(handle -> {
            var deleted = AccessMapper.toProto(changes.deleteRole(handle, request.getRole()));
            audit.recordDeleted(handle, ROLE, deleted.getName(), deleted);
        });
        return DeleteRoleResponse.getDefaultInstance();
    }

    @Override
    protected GetUserAccessResponse getUserAccess(GetUserAccessRequest request) {
        var id = UUID.fromString(request.getUserId());
        CallScope.current().requireOwner(id);
        var access = AccessChange.requireUser(transactions.read(handle -> users.find(handle, id)));
        return GetUserAccessResponse.newBuilder()
                .setAccess(AccessMapper.toProto(access))
                .build();
    }

    @Override
    protected AssignRoleResponse assignRole(AssignRoleRequest request) {
        var id = UUID.fromString(request.getUserId());
        var access = change(handle -> changes.assignRole(handle, id, request.getRole()));
        return AssignRoleResponse.newBuilder().setAccess(access).build();
    }

    @Override
    protected UnassignRoleResponse unassignRole(UnassignRoleRequest request) {
        var id = UUID.fromString(request.getUserId());
        var access = change(handle -> changes.unassignRole(handle, id, request.getRole()));
        return UnassignRoleResponse.newBuilder().setAccess(access).build();
    }

    @Override
    protected SetUserPermissionResponse setUserPermission(SetUserPermissionRequest request) {
        var id = UUID.fromString(request.getUserId());
        var effect = AccessMapper.fromProto(request.getEffect());
        var access = change(handle -> changes.setPermission(handle, id, request.getPermission(), effect));
        return SetUserPermissionResponse.newBuilder().setAccess(access).build();
    }

    @Override
    protected ClearUserPermissionResponse clearUserPermission(ClearUserPermissionRequest request) {
        var id = UUID.fromString(request.getUserId());
        var access = change(handle -> changes.clearPermission(handle, id, request.getPermission()));
        return ClearUserPermissionResponse.newBuilder().setAccess(access).build();
    }

    @Override
    protected CheckPermissionResponse checkPermission(CheckPermissionRequest request) {
        var id = UUID.fromString(request.getUserId());
        CallScope.current().requireOwner(id);
        var check =
                AccessChange.requireUser(transactions.read(handle -> users.check(handle, id, request.getPermission())));
        if (!check.permissionExists()) {
            throw AccessChange.permissionNotFound(request.getPermission());
        }
        return AccessMapper.toProto(check.result());
    }

    private org.aula.api.auth.v1.UserAccess change(Function<Handle, Change<UserAccess>> work) {
        return transactions.write(handle -> {
            var changed = work.apply(handle);
            var after = AccessMapper.toProto(changed.after());
            audit.record(handle, USER, after.getUserId(), changed, AccessMapper::toProto);
            return after;
        });
    }
}
