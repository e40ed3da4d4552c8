package org.aula.bff.access;

import graphql.schema.DataFetchingEnvironment;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.aula.api.auth.v1.AccessServiceGrpc;
import org.aula.api.auth.v1.AssignRoleRequest;
import org.aula.api.auth.v1.CheckPermissionResponse;
import org.aula.api.auth.v1.ClearUserPermissionRequest;
import org.aula.api.auth.v1.ListPermissionsRequest;
import org.aula.api.auth.v1.Partner;
import org.aula.api.auth.v1.PartnerServiceGrpc;
import org.aula.api.auth.v1.Permission;
import org.aula.api.auth.v1.Role;
import org.aula.api.auth.v1.SetUserPermissionRequest;
import org.aula.api.auth.v1.UnassignRoleRequest;
import org.aula.api.auth.v1.UserAccess;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.Fields;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.Wiring;
import org.aula.bff.users.UserView;
import org.aula.bff.users.Viewer;
import org.jspecify.annotations.Nullable;

/// Roles, permissions, and what they amount to for a person; partners.
public final class AccessFields implements Wiring.Part {

    private static final String ACCOUNT = "account";

    @Override
    public void addTo(Wiring wiring) {
        wiring.call("roles", AccessServiceGrpc.getListRolesMethod());
        wiring.find("role", AccessServiceGrpc.getGetRoleMethod());
        wiring.call("permissions", AccessServiceGrpc.getListPermissionsMethod());
        wiring.call("checkPermission", AccessServiceGrpc.getCheckPermissionMethod());
        wiring.type("PermissionCheck", CheckPermissionResponse.class);
        var access = AccessServiceGrpc.getGetUserAccessMethod();
        wiring.type("UserAccess", UserAccess.class).id(UserAccess::getUserId);
        wiring.node("UserAccess", access, "user_id");
        wiring.type("Role", Role.class).id(Role::getName);
        wiring.node("Role", AccessServiceGrpc.getGetRoleMethod(), "role");
        wiring.type("Permission", Permission.class).id(Permission::getName);
        wiring.node("Permission", AccessFields::permission);
        wiring.mutation("deleteRole", AccessServiceGrpc.getDeleteRoleMethod())
                .payload("deletedId", (request, response) -> GlobalId.of("Role", request.getRole()));
        wiring.mutation("deletePermission", AccessServiceGrpc.getDeletePermissionMethod())
                .payload("deletedId", (request, response) -> GlobalId.of("Permission", request.getPermission()));
        wiring.ofPayload("AssignRolePayload", ACCOUNT, AssignRoleRequest.class, account(AssignRoleRequest::getUserId));
        wiring.ofPayload(
                "UnassignRolePayload", ACCOUNT, UnassignRoleRequest.class, account(UnassignRoleRequest::getUserId));
        wiring.ofPayload(
                "SetUserPermissionPayload",
                ACCOUNT,
                SetUserPermissionRequest.class,
                account(SetUserPermissionRequest::getUserId));
        wiring.ofPayload(
                "ClearUserPermissionPayload",
                ACCOUNT,
                ClearUserPermissionRequest.class,
                account(ClearUserPermissionRequest::getUserId));
        wiring.type("Viewer", Viewer.class).find("access", access, "user_id", Viewer::userId);
        wiring.type("User", UserView.class).find("access", access, "user_id", UserView::id);
        wiring.page("partners", PartnerServiceGrpc.getListPartnersMethod());
        wiring.node("Partner", PartnerServiceGrpc.getGetPartnerMethod(), "partner_id");
        wiring.type("Partner", Partner.class).value("clientId", Partner::getId);
    }

    private static <Q> Fields.Fetch<Q> account(Function<Q, String> userId) {
        return (request, environment) -> Loader.ACCOUNTS.load(environment, userId.apply(request));
    }

    private static CompletableFuture<@Nullable Permission> permission(
            GlobalId id, DataFetchingEnvironment environment) {
        return Wiring.request(environment)
                .call(AccessServiceGrpc.getListPermissionsMethod(), ListPermissionsRequest.getDefaultInstance())
                .thenApply(all -> all.getPermissionsList().stream()
                        .filter(permission -> permission.getName().equals(id.id()))
                        .findFirst()
                        .orElse(null));
    }
}
