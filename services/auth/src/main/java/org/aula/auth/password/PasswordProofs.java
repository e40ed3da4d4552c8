package org.aula.auth.password;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.auth.account.AccountRepository;
import org.aula.auth.account.AccountRepository.Credentials;
import org.aula.auth.session.LoginLimits;
import org.aula.kernel.error.Errors;
import org.aula.kernel.identity.CallScope;
import org.aula.kernel.postgres.Transactions;

/// Asks somebody who is signed in for the password once more. Failures count as those of signing in
/// do, so that an open session is no way to guess.
@Singleton
public final class PasswordProofs {

    private final Transactions transactions;
    private final AccountRepository accounts;
    private final Passwords passwords;
    private final LoginLimits limits;

    PasswordProofs(Transactions transactions, AccountRepository accounts, Passwords passwords, LoginLimits limits) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.passwords = passwords;
        this.limits = limits;
    }

    /// @return what was proved
    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with ACCOUNT_NOT_FOUND; UNAUTHENTICATED
    ///     with CREDENTIALS_INVALID; RESOURCE_EXHAUSTED with LOGIN_LIMITED
    public Credentials require(UUID accountId, String password) {
        var credentials = transactions
                .read(handle -> accounts.findCredentials(handle, accountId))
                .orElseThrow(AccountRepository::notFound);
        var subject = limits.subject(accountId, "", CallScope.current().origin().remoteAddress());
        try (var turn = passwords.takeTurn()) {
            limits.require(subject);
            if (!turn.matches(password, credentials.passwordHash())) {
                limits.failed(subject);
                throw Errors.unauthenticated(
                        ErrorReason.ERROR_REASON_CREDENTIALS_INVALID, "this is not the account's password");
            }
            limits.succeeded(subject);
            return credentials;
        }
    }
}
