package org.aula.auth.access;

import jakarta.inject.Singleton;
import java.util.UUID;
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
import org.aula.kernel.call.CallScope;
import org.aula.kernel.idempotency.Idempotency;

/// `aula.auth.v1.AccessService`.
@Singleton
final class AccessGrpcService extends AccessServiceHandler {

    private final RoleService roles;
    private final UserAccessService users;
    private final Idempotency idempotency;

    AccessGrpcService(RoleService roles, UserAccessService users, Idempotency idempotency) {
        this.roles = roles;
        this.users = users;
        this.idempotency = idempotency;
    }

    @Override
    protected ListPermissionsResponse listPermissions(ListPermissionsRequest request) {
        return ListPermissionsResponse.newBuilder()
                .addAllPermissions(roles.listPermissions().stream()
                        .map(AccessMapper::toProto)
                        .toList())
                .build();
    }

    @Override
    protected CreatePermissionResponse createPermission(CreatePermissionRequest request) {
        return idempotency.run(
                request,
                CreatePermissionResponse.parser(),
                () -> CreatePermissionResponse.newBuilder()
                        .setPermission(AccessMapper.toProto(
                                roles.createPermission(request.getPermission(), request.getDescription())))
                        .build());
    }

    @Override
    protected DeletePermissionResponse deletePermission(DeletePermissionRequest request) {
        roles.deletePermission(request.getPermission());
        return DeletePermissionResponse.getDefaultInstance();
    }

    @Override
    protected ListRolesResponse listRoles(ListRolesRequest request) {
        return ListRolesResponse.newBuilder()
                .addAllRoles(roles.list().stream().map(AccessMapper::toProto).toList())
                .build();
    }

    @Override
    protected GetRoleResponse getRole(GetRoleRequest request) {
        return GetRoleResponse.newBuilder()
                .setRole(AccessMapper.toProto(roles.get(request.getRole())))
                .build();
    }

    @Override
    protected CreateRoleResponse createRole(CreateRoleRequest request) {
        return idempotency.run(
                request,
                CreateRoleResponse.parser(),
                () -> CreateRoleResponse.newBuilder()
                        .setRole(AccessMapper.toProto(roles.create(
                                request.getRole(), request.getDescription(), request.getPermissionsList())))
                        .build());
    }

    @Override
    protected UpdateRoleResponse updateRole(UpdateRoleRequest request) {
        var role = roles.update(request.getRole(), request.getEtag(), AccessMapper.update(request));
        return UpdateRoleResponse.newBuilder()
                .setRole(AccessMapper.toProto(role))
                .build();
    }

    @Override
    protected DeleteRoleResponse deleteRole(DeleteRoleRequest request) {
        roles.delete(request.getRole());
        return DeleteRoleResponse.getDefaultInstance();
    }

    @Override
    protected GetUserAccessResponse getUserAccess(GetUserAccessRequest request) {
        var id = UUID.fromString(request.getUserId());
        CallScope.current().requireOwner(id);
        return GetUserAccessResponse.newBuilder()
                .setAccess(AccessMapper.toProto(users.get(id)))
                .build();
    }

    @Override
    protected AssignRoleResponse assignRole(AssignRoleRequest request) {
        var access = users.assignRole(UUID.fromString(request.getUserId()), request.getRole());
        return AssignRoleResponse.newBuilder()
                .setAccess(AccessMapper.toProto(access))
                .build();
    }

    @Override
    protected UnassignRoleResponse unassignRole(UnassignRoleRequest request) {
        var access = users.unassignRole(UUID.fromString(request.getUserId()), request.getRole());
        return UnassignRoleResponse.newBuilder()
                .setAccess(AccessMapper.toProto(access))
                .build();
    }

    @Override
    protected SetUserPermissionResponse setUserPermission(SetUserPermissionRequest request) {
        var access = users.setPermission(
                UUID.fromString(request.getUserId()),
                request.getPermission(),
                AccessMapper.fromProto(request.getEffect()));
        return SetUserPermissionResponse.newBuilder()
                .setAccess(AccessMapper.toProto(access))
                .build();
    }

    @Override
    protected ClearUserPermissionResponse clearUserPermission(ClearUserPermissionRequest request) {
        var access = users.clearPermission(UUID.fromString(request.getUserId()), request.getPermission());
        return ClearUserPermissionResponse.newBuilder()
                .setAccess(AccessMapper.toProto(access))
                .build();
    }

    @Override
    protected CheckPermissionResponse checkPermission(CheckPermissionRequest request) {
        var id = UUID.fromString(request.getUserId());
        CallScope.current().requireOwner(id);
        return AccessMapper.toProto(users.check(id, request.getPermission()));
    }
}
