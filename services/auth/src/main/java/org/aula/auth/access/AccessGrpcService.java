package org.aula.auth.access;

import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
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
import org.aula.kernel.change.Change;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.server.Replies;

/// `aula.auth.v1.AccessService`.
@Singleton
final class AccessGrpcService extends AccessServiceGrpc.AccessServiceImplBase {

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
    public void listPermissions(ListPermissionsRequest request, StreamObserver<ListPermissionsResponse> observer) {
        var found = database.query(roles::listPermissions);
        Replies.send(
                observer,
                ListPermissionsResponse.newBuilder()
                        .addAllPermissions(
                                found.stream().map(AccessMapper::toProto).toList())
                        .build());
    }

    @Override
    public void createPermission(CreatePermissionRequest request, StreamObserver<CreatePermissionResponse> observer) {
        var response = idempotency.run(request, CreatePermissionResponse.parser(), () -> {
            var created = AccessMapper.toProto(
                    changes.createPermission(request.getPermission(), request.getDescription()));
            audit.recordCreated(PERMISSION, created.getName(), created);
            return CreatePermissionResponse.newBuilder().setPermission(created).build();
        });
        Replies.send(observer, response);
    }

    @Override
    public void deletePermission(DeletePermissionRequest request, StreamObserver<DeletePermissionResponse> observer) {
        database.transact(() -> {
            var deleted = AccessMapper.toProto(changes.deletePermission(request.getPermission()));
            audit.recordDeleted(PERMISSION, deleted.getName(), deleted);
        });
        Replies.send(observer, DeletePermissionResponse.getDefaultInstance());
    }

    @Override
    public void listRoles(ListRolesRequest request, StreamObserver<ListRolesResponse> observer) {
        var found = database.query(roles::list);
        Replies.send(
                observer,
                ListRolesResponse.newBuilder()
                        .addAllRoles(found.stream().map(AccessMapper::toProto).toList())
                        .build());
    }

    @Override
    public void getRole(GetRoleRequest request, StreamObserver<GetRoleResponse> observer) {
        var role = database.query(() -> changes.requireRole(request.getRole()));
        Replies.send(
                observer,
                GetRoleResponse.newBuilder().setRole(AccessMapper.toProto(role)).build());
    }

    @Override
    public void createRole(CreateRoleRequest request, StreamObserver<CreateRoleResponse> observer) {
        var response = idempotency.run(request, CreateRoleResponse.parser(), () -> {
            var created = AccessMapper.toProto(changes.createRole(
                    request.getRole(), request.getDescription(), request.getPermissionsList()));
            audit.recordCreated(ROLE, created.getName(), created);
            return CreateRoleResponse.newBuilder().setRole(created).build();
        });
        Replies.send(observer, response);
    }

    @Override
    public void updateRole(UpdateRoleRequest request, StreamObserver<UpdateRoleResponse> observer) {
        var role = database.transact(() -> {
            var changed =
                    changes.updateRole(request.getRole(), request.getEtag(), AccessMapper.update(request));
            var after = AccessMapper.toProto(changed.after());
            audit.record(ROLE, after.getName(), changed, AccessMapper::toProto);
            return after;
        });
        Replies.send(observer, UpdateRoleResponse.newBuilder().setRole(role).build());
    }

    @Override
    public void deleteRole(DeleteRoleRequest request, StreamObserver<DeleteRoleResponse> observer) {
        database.transact(() -> {
            var deleted = AccessMapper.toProto(changes.deleteRole(request.getRole()));
            audit.recordDeleted(ROLE, deleted.getName(), deleted);
        });
        Replies.send(observer, DeleteRoleResponse.getDefaultInstance());
    }

    @Override
    public void getUserAccess(GetUserAccessRequest request, StreamObserver<GetUserAccessResponse> observer) {
        var id = UUID.fromString(request.getUserId());
        CallScope.current().requireOwner(id);
        var access = AccessChange.requireUser(database.query(() -> users.find(id)));
        Replies.send(
                observer,
                GetUserAccessResponse.newBuilder()
                        .setAccess(AccessMapper.toProto(access))
                        .build());
    }

    @Override
    public void assignRole(AssignRoleRequest request, StreamObserver<AssignRoleResponse> observer) {
        var id = UUID.fromString(request.getUserId());
        var access = change(() -> changes.assignRole(id, request.getRole()));
        Replies.send(observer, AssignRoleResponse.newBuilder().setAccess(access).build());
    }

    @Override
    public void unassignRole(UnassignRoleRequest request, StreamObserver<UnassignRoleResponse> observer) {
        var id = UUID.fromString(request.getUserId());
        var access = change(() -> changes.unassignRole(id, request.getRole()));
        Replies.send(
                observer, UnassignRoleResponse.newBuilder().setAccess(access).build());
    }

    @Override
    public void setUserPermission(
            SetUserPermissionRequest request, StreamObserver<SetUserPermissionResponse> observer) {
        var id = UUID.fromString(request.getUserId());
        var effect = AccessMapper.fromProto(request.getEffect());
        var access = change(() -> changes.setPermission(id, request.getPermission(), effect));
        Replies.send(
                observer,
                SetUserPermissionResponse.newBuilder().setAccess(access).build());
    }

    @Override
    public void clearUserPermission(
            ClearUserPermissionRequest request, StreamObserver<ClearUserPermissionResponse> observer) {
        var id = UUID.fromString(request.getUserId());
        var access = change(() -> changes.clearPermission(id, request.getPermission()));
        Replies.send(
                observer,
                ClearUserPermissionResponse.newBuilder().setAccess(access).build());
    }

    @Override
    public void checkPermission(CheckPermissionRequest request, StreamObserver<CheckPermissionResponse> observer) {
        var id = UUID.fromString(request.getUserId());
        CallScope.current().requireOwner(id);
        var check =
                AccessChange.requireUser(database.query(() -> users.check(id, request.getPermission())));
        if (!check.permissionExists()) {
            throw AccessChange.permissionNotFound(request.getPermission());
        }
        Replies.send(observer, AccessMapper.toProto(check.result()));
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
