package org.aula.auth.access;

import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.function.Function;
import org.aula.api.auth.v1.AccessServiceGrpc;
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
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.server.Replies;
import org.jdbi.v3.core.Handle;

/// `aula.auth.v1.AccessService`.
@Singleton
final class AccessGrpcService extends AccessServiceGrpc.AccessServiceImplBase {

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
    public void listPermissions(ListPermissionsRequest request, StreamObserver<ListPermissionsResponse> observer) {
        var found = transactions.read(roles::listPermissions);
        Replies.send(
                observer,
                ListPermissionsResponse.newBuilder()
                        .addAllPermissions(
                                found.stream().map(AccessMapper::toProto).toList())
                        .build());
    }

    @Override
    public void createPermission(CreatePermissionRequest request, StreamObserver<CreatePermissionResponse> observer) {
        var response = idempotency.run(request, CreatePermissionResponse.parser(), handle -> {
            var created = AccessMapper.toProto(
                    changes.createPermission(handle, request.getPermission(), request.getDescription()));
            audit.record(handle, PERMISSION, created.getName(), null, created);
            return CreatePermissionResponse.newBuilder().setPermission(created).build();
        });
        Replies.send(observer, response);
    }

    @Override
    public void deletePermission(DeletePermissionRequest request, StreamObserver<DeletePermissionResponse> observer) {
        transactions.writeVoid(handle -> {
            var deleted = AccessMapper.toProto(changes.deletePermission(handle, request.getPermission()));
            audit.record(handle, PERMISSION, deleted.getName(), deleted, null);
        });
        Replies.send(observer, DeletePermissionResponse.getDefaultInstance());
    }

    @Override
    public void listRoles(ListRolesRequest request, StreamObserver<ListRolesResponse> observer) {
        var found = transactions.read(roles::list);
        Replies.send(
                observer,
                ListRolesResponse.newBuilder()
                        .addAllRoles(found.stream().map(AccessMapper::toProto).toList())
                        .build());
    }

    @Override
    public void getRole(GetRoleRequest request, StreamObserver<GetRoleResponse> observer) {
        var role = transactions.read(handle -> changes.requireRole(handle, request.getRole()));
        Replies.send(
                observer,
                GetRoleResponse.newBuilder().setRole(AccessMapper.toProto(role)).build());
    }

    @Override
    public void createRole(CreateRoleRequest request, StreamObserver<CreateRoleResponse> observer) {
        var response = idempotency.run(request, CreateRoleResponse.parser(), handle -> {
            var created = AccessMapper.toProto(changes.createRole(
                    handle, request.getRole(), request.getDescription(), request.getPermissionsList()));
            audit.record(handle, ROLE, created.getName(), null, created);
            return CreateRoleResponse.newBuilder().setRole(created).build();
        });
        Replies.send(observer, response);
    }

    @Override
    public void updateRole(UpdateRoleRequest request, StreamObserver<UpdateRoleResponse> observer) {
        var role = transactions.write(handle -> {
            var changed =
                    changes.updateRole(handle, request.getRole(), request.getEtag(), AccessMapper.update(request));
            var after = AccessMapper.toProto(changed.after());
            if (changed.isNothing()) {
                // The role is as it is wanted already.
                audit.nothing();
            } else {
                audit.record(handle, ROLE, after.getName(), AccessMapper.toProto(changed.before()), after);
            }
            return after;
        });
        Replies.send(observer, UpdateRoleResponse.newBuilder().setRole(role).build());
    }

    @Override
    public void deleteRole(DeleteRoleRequest request, StreamObserver<DeleteRoleResponse> observer) {
        transactions.writeVoid(handle -> {
            var deleted = AccessMapper.toProto(changes.deleteRole(handle, request.getRole()));
            audit.record(handle, ROLE, deleted.getName(), deleted, null);
        });
        Replies.send(observer, DeleteRoleResponse.getDefaultInstance());
    }

    @Override
    public void getUserAccess(GetUserAccessRequest request, StreamObserver<GetUserAccessResponse> observer) {
        var id = UUID.fromString(request.getUserId());
        CallScope.current().requireOwner(id);
        var access = AccessChange.requireUser(transactions.read(handle -> users.find(handle, id)));
        Replies.send(
                observer,
                GetUserAccessResponse.newBuilder()
                        .setAccess(AccessMapper.toProto(access))
                        .build());
    }

    @Override
    public void assignRole(AssignRoleRequest request, StreamObserver<AssignRoleResponse> observer) {
        var id = UUID.fromString(request.getUserId());
        var access = change(handle -> changes.assignRole(handle, id, request.getRole()));
        Replies.send(observer, AssignRoleResponse.newBuilder().setAccess(access).build());
    }

    @Override
    public void unassignRole(UnassignRoleRequest request, StreamObserver<UnassignRoleResponse> observer) {
        var id = UUID.fromString(request.getUserId());
        var access = change(handle -> changes.unassignRole(handle, id, request.getRole()));
        Replies.send(
                observer, UnassignRoleResponse.newBuilder().setAccess(access).build());
    }

    @Override
    public void setUserPermission(
            SetUserPermissionRequest request, StreamObserver<SetUserPermissionResponse> observer) {
        var id = UUID.fromString(request.getUserId());
        var effect = AccessMapper.fromProto(request.getEffect());
        var access = change(handle -> changes.setPermission(handle, id, request.getPermission(), effect));
        Replies.send(
                observer,
                SetUserPermissionResponse.newBuilder().setAccess(access).build());
    }

    @Override
    public void clearUserPermission(
            ClearUserPermissionRequest request, StreamObserver<ClearUserPermissionResponse> observer) {
        var id = UUID.fromString(request.getUserId());
        var access = change(handle -> changes.clearPermission(handle, id, request.getPermission()));
        Replies.send(
                observer,
                ClearUserPermissionResponse.newBuilder().setAccess(access).build());
    }

    @Override
    public void checkPermission(CheckPermissionRequest request, StreamObserver<CheckPermissionResponse> observer) {
        var id = UUID.fromString(request.getUserId());
        CallScope.current().requireOwner(id);
        var check =
                AccessChange.requireUser(transactions.read(handle -> users.check(handle, id, request.getPermission())));
        if (!check.permissionExists()) {
            throw AccessChange.permissionNotFound(request.getPermission());
        }
        Replies.send(observer, AccessMapper.toProto(check.result()));
    }

    private org.aula.api.auth.v1.UserAccess change(Function<Handle, Changed<UserAccess>> work) {
        return transactions.write(handle -> {
            var changed = work.apply(handle);
            var after = AccessMapper.toProto(changed.after());
            if (changed.isNothing()) {
                // The account has what it was to have, or has not what it was to lose.
                audit.nothing();
            } else {
                audit.record(handle, USER, after.getUserId(), AccessMapper.toProto(changed.before()), after);
            }
            return after;
        });
    }
}
