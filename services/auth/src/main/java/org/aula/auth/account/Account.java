package org.aula.auth.account;

import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.kernel.error.Errors;
import org.aula.kernel.postgres.TextArray;
import org.jspecify.annotations.Nullable;

/// A living account with what it may do.
///
/// @param username empty if none was chosen
/// @param roles names, sorted
/// @param permissions what roles and grants give, less the denials, sorted
/// @param lastLoginAt null before the first time
@MappedEntity("accounts")
public record Account(
        UUID id,
        String email,
        String username,
        AccountStatus status,
        @TextArray List<String> roles,
        @TextArray List<String> permissions,
        Instant createdAt,
        @Nullable Instant lastLoginAt) {

    public Account {
        roles = roles.stream().sorted().toList();
        permissions = permissions.stream().sorted().toList();
    }

    /// Refuses sessions to accounts that are put aside or barred.
    ///
    /// @throws org.aula.kernel.error.ServiceException PERMISSION_DENIED with ACCOUNT_NOT_ACTIVE
    public void requireMaySignIn() {
        if (!status.maySignIn()) {
            throw Errors.permissionDenied(
                    ErrorReason.ERROR_REASON_ACCOUNT_NOT_ACTIVE,
                    "the account may not sign in",
                    Map.of("status", status.name()));
        }
    }
}
