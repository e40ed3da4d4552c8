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

/// Decides whether a caller may call a method: deny, unless the contract allows. Who may not at all is not
/// told to verify the account first.
public final class PolicyDecision {

    private PolicyDecision() {}

    /// What the policy says of this caller.
    ///
    /// @throws org.aula.kernel.error.ServiceException UNAUTHENTICATED with TOKEN_MISSING, or
    ///     PERMISSION_DENIED with PERMISSION_MISSING or ACCOUNT_UNVERIFIED
    public static CallScope.Decision decide(Policy policy, Caller caller) {
        return switch (caller) {
            case Caller.Service service when policy.getServicesList().contains(service.name()) -> ALLOWED_FOR_ALL;
            case Caller.Service ignored when policy.getAnonymous() -> ALLOWED_FOR_ALL;
            case Caller.Service ignored -> throw missing(policy);
            case Caller.User user -> ofUser(policy, user);
            case Caller.Partner partner when isPermitted(policy, partner) -> ALLOWED_FOR_ALL;
            case Caller.Partner ignored when policy.getAnonymous() -> ALLOWED;
            case Caller.Partner ignored -> throw missing(policy);
            case Caller.Anonymous ignored when policy.getAnonymous() -> ALLOWED;
            case Caller.Anonymous ignored ->
                throw Errors.unauthenticated(ErrorReason.ERROR_REASON_TOKEN_MISSING, "authentication required");
        };
    }

    private static CallScope.Decision ofUser(Policy policy, Caller.User user) {
        var decision = opened(policy, user);
        if (!policy.getVerified() || user.verified()) {
            return decision;
        }
        // Where permissions open more than being signed in does, that part alone is for the verified.
        if (policy.getSignedIn() && policy.getPermissionsCount() > 0) {
            return ALLOWED;
        }
        throw Errors.unverified();
    }

    private static CallScope.Decision opened(Policy policy, Caller.User user) {
        if (isPermitted(policy, user)) {
            return ALLOWED_FOR_ALL;
        }
        if (policy.getAnonymous() || policy.getSignedIn()) {
            return ALLOWED;
        }
        if (policy.getOwner()) {
            return UNDECIDED;
        }
        throw missing(policy);
    }

    private static boolean isPermitted(Policy policy, Caller caller) {
        return policy.getPermissionsList().stream().anyMatch(caller::holds);
    }

    private static RuntimeException missing(Policy policy) {
        return Errors.permissionDenied(
                ErrorReason.ERROR_REASON_PERMISSION_MISSING,
                "you may not do this",
                Map.of("permissions", String.join(",", policy.getPermissionsList())));
    }
}
