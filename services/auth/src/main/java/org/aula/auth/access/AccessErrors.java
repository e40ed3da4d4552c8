package org.aula.auth.access;

import com.google.rpc.Code;
import java.util.Map;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;

/// What callers are told of roles and permissions that are not there.
final class AccessErrors {

    private AccessErrors() {}

    /// NOT_FOUND with ROLE_NOT_FOUND.
    static ServiceException roleNotFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_ROLE_NOT_FOUND, "role not found");
    }

    /// NOT_FOUND with PERMISSION_NOT_FOUND.
    static ServiceException permissionNotFound(String name) {
        return Errors.of(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_PERMISSION_NOT_FOUND,
                "permission not found",
                Map.of("permission", name));
    }
}
