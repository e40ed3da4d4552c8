package org.aula.bff.access;

import java.util.Map;
import org.aula.api.auth.v1.AssignRoleRequest;
import org.aula.api.auth.v1.ClearUserPermissionRequest;
import org.aula.api.auth.v1.PermissionEffect;
import org.aula.api.auth.v1.SetUserPermissionRequest;
import org.aula.api.auth.v1.UnassignRoleRequest;
import org.aula.bff.engine.Mutation;
import org.aula.bff.engine.Wiring;

/// Giving people rights and taking them.
final class UserAccessMutations {

    private UserAccessMutations() {}

    static void addTo(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "assignRole",
                AssignRoleRequest.getDefaultInstance(),
                input -> AssignRoleRequest.newBuilder()
                        .setUserId(input.person("userId"))
                        .setRole(input.text("role"))
                        .build(),
                (request, message) -> request.access().assignRole(message),
                answer -> Map.of("access", answer.getAccess())));
        wiring.mutation(new Mutation<>(
                "unassignRole",
                UnassignRoleRequest.getDefaultInstance(),
                input -> UnassignRoleRequest.newBuilder()
                        .setUserId(input.person("userId"))
                        .setRole(input.text("role"))
                        .build(),
                (request, message) -> request.access().unassignRole(message),
                answer -> Map.of("access", answer.getAccess())));
        wiring.mutation(new Mutation<>(
                "setUserPermission",
                SetUserPermissionRequest.getDefaultInstance(),
                input -> SetUserPermissionRequest.newBuilder()
                        .setUserId(input.person("userId"))
                        .setPermission(input.text("permission"))
                        .setEffect(input.choice("effect", PermissionEffect.class))
                        .build(),
                (request, message) -> request.access().setUserPermission(message),
                answer -> Map.of("access", answer.getAccess())));
        wiring.mutation(new Mutation<>(
                "clearUserPermission",
                ClearUserPermissionRequest.getDefaultInstance(),
                input -> ClearUserPermissionRequest.newBuilder()
                        .setUserId(input.person("userId"))
                        .setPermission(input.text("permission"))
                        .build(),
                (request, message) -> request.access().clearUserPermission(message),
                answer -> Map.of("access", answer.getAccess())));
    }
}
