package org.aula.bff.access;

import java.util.Map;
import org.aula.api.auth.v1.CreatePermissionRequest;
import org.aula.api.auth.v1.CreateRoleRequest;
import org.aula.api.auth.v1.DeletePermissionRequest;
import org.aula.api.auth.v1.DeleteRoleRequest;
import org.aula.api.auth.v1.UpdateRoleRequest;
import org.aula.bff.engine.Mutation;
import org.aula.bff.engine.Wiring;

/// Making and changing roles and permissions.
final class RoleMutations {

    private RoleMutations() {}

    static void addTo(Wiring wiring) {
        addRoles(wiring);
        addPermissions(wiring);
    }

    private static void addRoles(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "createRole",
                CreateRoleRequest.getDefaultInstance(),
                input -> CreateRoleRequest.newBuilder()
                        .setRequestId(input.requestId())
                        .setRole(input.text("role"))
                        .setDescription(input.text("description"))
                        .addAllPermissions(input.texts("permissions"))
                        .build(),
                (request, message) -> request.access().createRole(message),
                answer -> Map.of("role", answer.getRole())));
        wiring.mutation(new Mutation<>(
                "updateRole",
                UpdateRoleRequest.getDefaultInstance(),
                input -> UpdateRoleRequest.newBuilder()
                        .setRole(input.text("role"))
                        .setEtag(input.text("etag"))
                        .setUpdateMask(input.mask("role", "etag"))
                        .setDescription(input.text("description"))
                        .addAllPermissions(input.texts("permissions"))
                        .build(),
                (request, message) -> request.access().updateRole(message),
                answer -> Map.of("role", answer.getRole())));
        wiring.mutation(new Mutation<>(
                "deleteRole",
                DeleteRoleRequest.getDefaultInstance(),
                input -> DeleteRoleRequest.newBuilder()
                        .setRole(input.text("role"))
                        .build(),
                (request, message) -> request.access().deleteRole(message),
                answer -> Map.of()));
    }

    private static void addPermissions(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "createPermission",
                CreatePermissionRequest.getDefaultInstance(),
                input -> CreatePermissionRequest.newBuilder()
                        .setRequestId(input.requestId())
                        .setPermission(input.text("permission"))
                        .setDescription(input.text("description"))
                        .build(),
                (request, message) -> request.access().createPermission(message),
                answer -> Map.of("permission", answer.getPermission())));
        wiring.mutation(new Mutation<>(
                "deletePermission",
                DeletePermissionRequest.getDefaultInstance(),
                input -> DeletePermissionRequest.newBuilder()
                        .setPermission(input.text("permission"))
                        .build(),
                (request, message) -> request.access().deletePermission(message),
                answer -> Map.of()));
    }
}
