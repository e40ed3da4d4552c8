package org.aula.auth.access;

import com.google.protobuf.FieldMask;
import java.util.HashSet;
import java.util.function.UnaryOperator;
import org.aula.api.auth.v1.CheckPermissionResponse;
import org.aula.api.auth.v1.DirectPermission;
import org.aula.api.auth.v1.PermissionEffect;
import org.aula.api.auth.v1.UpdateRoleRequest;

/// Rights from and to messages.
final class AccessMapper {

    private AccessMapper() {}

    static org.aula.api.auth.v1.Permission toProto(Permission permission) {
        return org.aula.api.auth.v1.Permission.newBuilder()
                .setName(permission.name())
                .setResource(permission.resource())
                .setAction(permission.action())
                .setDescription(permission.description())
                .setBuiltIn(permission.builtIn())
                .build();
    }

    static org.aula.api.auth.v1.Role toProto(Role role) {
        return org.aula.api.auth.v1.Role.newBuilder()
                .setName(role.name())
                .setDescription(role.description())
                .addAllPermissions(role.permissions())
                .setBuiltIn(role.builtIn())
                .setAccountCount(role.accountCount())
                .setEtag(role.etag())
                .build();
    }

    static org.aula.api.auth.v1.UserAccess toProto(UserAccess access) {
        var message = org.aula.api.auth.v1.UserAccess.newBuilder()
                .setUserId(access.accountId().toString())
                .addAllRoles(access.roles())
                .addAllPermissions(access.permissions());
        access.direct()
                .forEach((permission, effect) -> message.addDirectPermissions(
                        DirectPermission.newBuilder().setPermission(permission).setEffect(toProto(effect))));
        return message.build();
    }

    static CheckPermissionResponse toProto(PermissionCheck check) {
        return CheckPermissionResponse.newBuilder()
                .setAllowed(check.isAllowed())
                .addAllRoles(check.roles())
                .setDirectEffect(
                        check.direct() == null
                                ? PermissionEffect.PERMISSION_EFFECT_UNSPECIFIED
                                : toProto(check.direct()))
                .setAccountInactive(check.accountInactive())
                .build();
    }

    static GrantEffect fromProto(PermissionEffect effect) {
        return switch (effect) {
            case PERMISSION_EFFECT_GRANT -> GrantEffect.GRANT;
            case PERMISSION_EFFECT_DENY -> GrantEffect.DENY;
            case PERMISSION_EFFECT_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException("validation refuses " + effect);
        };
    }

    /// What an update wants of a role.
    static UnaryOperator<Role> update(UpdateRoleRequest request) {
        return role -> update(role, request, request.getUpdateMask());
    }

    private static Role update(Role role, UpdateRoleRequest request, FieldMask mask) {
        var fields = new HashSet<>(mask.getPathsList());
        var described = fields.contains("description") ? role.describe(request.getDescription()) : role;
        return fields.contains("permissions") ? described.permit(request.getPermissionsList()) : described;
    }

    private static PermissionEffect toProto(GrantEffect effect) {
        return switch (effect) {
            case GRANT -> PermissionEffect.PERMISSION_EFFECT_GRANT;
            case DENY -> PermissionEffect.PERMISSION_EFFECT_DENY;
        };
    }
}
