package org.aula.bff.access;

import graphql.schema.DataFetchingEnvironment;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.aula.api.auth.v1.CheckPermissionRequest;
import org.aula.api.auth.v1.CheckPermissionResponse;
import org.aula.api.auth.v1.DirectPermission;
import org.aula.api.auth.v1.GetRoleRequest;
import org.aula.api.auth.v1.GetRoleResponse;
import org.aula.api.auth.v1.GetUserAccessRequest;
import org.aula.api.auth.v1.GetUserAccessResponse;
import org.aula.api.auth.v1.ListPermissionsRequest;
import org.aula.api.auth.v1.ListPermissionsResponse;
import org.aula.api.auth.v1.ListRolesRequest;
import org.aula.api.auth.v1.ListRolesResponse;
import org.aula.api.auth.v1.Permission;
import org.aula.api.auth.v1.Role;
import org.aula.api.auth.v1.UserAccess;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;
import org.aula.bff.users.UserView;
import org.aula.bff.users.Viewer;
import org.jspecify.annotations.Nullable;

/// Roles, permissions, and what they amount to for a person.
public final class AccessFields implements Wiring.Part {

    @Override
    public void addTo(Wiring wiring) {
        addQueries(wiring);
        wiring.type("Viewer", Viewer.class)
                .fetch("access", (viewer, environment) -> access(viewer.userId(), environment));
        wiring.type("User", UserView.class)
                .fetch("access", (view, environment) -> access(view.user().getId(), environment));
        wiring.type("Role", Role.class)
                .value("name", Role::getName)
                .value("description", role -> Values.text(role.getDescription()))
                .value("permissions", Role::getPermissionsList)
                .value("builtIn", Role::getBuiltIn)
                .value("accountCount", Role::getAccountCount)
                .value("etag", Role::getEtag);
        wiring.type("Permission", Permission.class)
                .value("name", Permission::getName)
                .value("resource", Permission::getResource)
                .value("action", Permission::getAction)
                .value("description", permission -> Values.text(permission.getDescription()))
                .value("builtIn", Permission::getBuiltIn);
        wiring.type("UserAccess", UserAccess.class)
                .value("roles", UserAccess::getRolesList)
                .value("directPermissions", UserAccess::getDirectPermissionsList)
                .value("permissions", UserAccess::getPermissionsList);
        wiring.type("DirectPermission", DirectPermission.class)
                .value("permission", DirectPermission::getPermission)
                .value("effect", direct -> Values.name(direct.getEffect()));
        wiring.type("PermissionCheck", CheckPermissionResponse.class)
                .value("allowed", CheckPermissionResponse::getAllowed)
                .value("roles", CheckPermissionResponse::getRolesList)
                .value("directEffect", check -> Values.name(check.getDirectEffect()))
                .value("accountInactive", CheckPermissionResponse::getAccountInactive);
        RoleMutations.addTo(wiring);
        UserAccessMutations.addTo(wiring);
    }

    private static void addQueries(Wiring wiring) {
        wiring.query("roles", environment -> {
            var request = Wiring.request(environment);
            return request.answer(request.access().listRoles(ListRolesRequest.getDefaultInstance()))
                    .thenApply(ListRolesResponse::getRolesList);
        });
        wiring.query("role", environment -> {
            var request = Wiring.request(environment);
            var name = Wiring.<String>required(environment, "name");
            return Wiring.orNull(request.answer(request.access()
                            .getRole(GetRoleRequest.newBuilder().setRole(name).build()))
                    .thenApply(GetRoleResponse::getRole));
        });
        wiring.query("permissions", environment -> {
            var request = Wiring.request(environment);
            return request.answer(request.access().listPermissions(ListPermissionsRequest.getDefaultInstance()))
                    .thenApply(ListPermissionsResponse::getPermissionsList);
        });
        wiring.query("checkPermission", AccessFields::check);
    }

    private static CompletableFuture<@Nullable UserAccess> access(String userId, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        return Wiring.orNull(request.answer(request.access()
                        .getUserAccess(GetUserAccessRequest.newBuilder()
                                .setUserId(userId)
                                .build()))
                .thenApply(GetUserAccessResponse::getAccess));
    }

    /// Visitors have no id and are refused by the service.
    private static CompletableFuture<CheckPermissionResponse> check(DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        var given = Wiring.<String>argument(environment, "userId");
        var userId = given == null ? request.claimedUserId() : GlobalId.requirePerson(given);
        return request.answer(request.access()
                .checkPermission(CheckPermissionRequest.newBuilder()
                        .setUserId(Objects.requireNonNullElse(userId, ""))
                        .setPermission(Wiring.<String>required(environment, "permission"))
                        .build()));
    }
}
