package org.aula.kernel.contract;

import static org.aula.kernel.call.CallScope.Decision.ALLOWED;
import static org.aula.kernel.call.CallScope.Decision.ALLOWED_FOR_ALL;
import static org.aula.kernel.call.CallScope.Decision.UNDECIDED;

import java.util.Map;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.options.v1.Policy;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.call.Caller;
import org.aula.kernel.error.Errors;

/// Decides whether a caller may call a method: deny, unless the contract allows.
public final class PolicyDecision {

    private PolicyDecision() {}

    /// What the policy says of this caller.
    ///
    /// @throws org.aula.kernel.error.ServiceException UNAUTHENTICATED with TOKEN_MISSING, or
    ///     PERMISSION_DENIED with PERMISSION_MISSING
    public static CallScope.Decision decide(Policy policy, Caller caller) {
        return switch (caller) {
            case Caller.Service service when policy.getServicesList().contains(service.name()) -> ALLOWED_FOR_ALL;
            case Caller.Service ignored when policy.getAnonymous() -> ALLOWED_FOR_ALL;
            case Caller.Service ignored -> throw missing(policy);
            case Caller.User user when policy.getPermissionsList().stream().anyMatch(user::holds) -> ALLOWED_FOR_ALL;
            case Caller.User ignored when policy.getAnonymous() || policy.getSignedIn() -> ALLOWED;
            case Caller.User ignored when policy.getOwner() -> UNDECIDED;
            case Caller.User ignored -> throw missing(policy);
            case Caller.Anonymous ignored when policy.getAnonymous() -> ALLOWED;
            case Caller.Anonymous ignored ->
                throw Errors.unauthenticated(ErrorReason.ERROR_REASON_TOKEN_MISSING, "sign in first");
        };
    }

    private static RuntimeException missing(Policy policy) {
        return Errors.permissionDenied(
                ErrorReason.ERROR_REASON_PERMISSION_MISSING,
                "you may not do this",
                Map.of("permissions", String.join(",", policy.getPermissionsList())));
    }
}
