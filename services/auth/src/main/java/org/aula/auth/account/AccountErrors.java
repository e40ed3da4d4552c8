package org.aula.auth.account;

import io.micronaut.data.exceptions.DataAccessException;
import java.util.Map;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.SqlFailures;

/// What callers are told of accounts that they cannot have.
public final class AccountErrors {

    private AccountErrors() {}

    /// NOT_FOUND with ACCOUNT_NOT_FOUND.
    public static ServiceException notFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND, "account not found");
    }

    /// ALREADY_EXISTS with EMAIL_TAKEN or USERNAME_TAKEN where a living account has verified the address or
    /// has the name, also one of a transaction that ran at the same time; else the failure itself.
    public static RuntimeException taken(DataAccessException failure) {
        return switch (SqlFailures.constraint(failure)) {
            case "accounts_email_living" ->
                Errors.alreadyExists(ErrorReason.ERROR_REASON_EMAIL_TAKEN, "the email address is taken", Map.of());
            case "accounts_username_living" ->
                Errors.alreadyExists(ErrorReason.ERROR_REASON_USERNAME_TAKEN, "the user name is taken", Map.of());
            case null, default -> failure;
        };
    }
}
