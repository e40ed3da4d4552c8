package org.aula.auth.session;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.auth.account.AccountRepository;
import org.aula.auth.account.AccountRepository.Credentials;
import org.aula.auth.password.Passwords;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Database;
import org.jspecify.annotations.Nullable;

/// Finds out whether who calls knows a password, within the limits of failed attempts.
@Singleton
public final class PasswordCheck {

    private final Database database;
    private final AccountRepository accounts;
    private final Passwords passwords;
    private final LoginLimits limits;

    PasswordCheck(Database database, AccountRepository accounts, Passwords passwords, LoginLimits limits) {
        this.database = database;
        this.accounts = accounts;
        this.passwords = passwords;
        this.limits = limits;
    }

    /// A password that proved right.
    ///
    /// @param subject whom the attempt counts against
    /// @param betterHash what replaces an outdated hash, else null
    record Proof(
            Credentials credentials,
            LoginLimits.Subject subject,
            @Nullable String betterHash) {}

    /// Proves the password of whoever signs in. An account that does not exist is told and takes as
    /// long as a wrong password.
    ///
    /// @param identifier an e-mail address (it has an `@`) or a user name
    /// @throws ServiceException UNAUTHENTICATED with CREDENTIALS_INVALID; RESOURCE_EXHAUSTED with
    ///     LOGIN_LIMITED
    Proof prove(String identifier, String password) {
        var found = database.query(() -> identifier.contains("@")
                ? accounts.findCredentialsByEmail(identifier)
                : accounts.findCredentialsByUsername(identifier));
        return prove(found, identifier, password);
    }

    /// Has a person who is signed in prove the password once more, before something that matters.
    ///
    /// @return what was proved, so that the change can see to it that it still holds
    /// @throws ServiceException UNAUTHENTICATED with CREDENTIALS_INVALID; RESOURCE_EXHAUSTED with
    ///     LOGIN_LIMITED; NOT_FOUND with ACCOUNT_NOT_FOUND
    public Credentials require(UUID accountId, String password) {
        var found = database.query(() -> accounts.findCredentials(accountId));
        if (found.isEmpty()) {
            throw Errors.notFound(ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND, "account not found");
        }
        return prove(found, "", password).credentials();
    }

    /// The limits are asked while a place to hash is held: attempts that come at once cannot all pass
    /// before the first failure counts.
    private Proof prove(Optional<Credentials> found, String identifier, String password) {
        var credentials = found.orElse(null);
        var subject = limits.subject(
                credentials == null ? null : credentials.accountId(),
                identifier,
                CallScope.current().clientInfo().remoteAddress());
        try (var turn = passwords.takeTurn()) {
            limits.require(subject);
            var matches = turn.matches(password, credentials == null ? null : credentials.passwordHash());
            if (credentials == null || !matches) {
                limits.failed(subject);
                throw invalid();
            }
            var outdated = turn.isOutdated(credentials.passwordHash());
            return new Proof(credentials, subject, outdated ? turn.hash(password) : null);
        }
    }

    static ServiceException invalid() {
        return Errors.unauthenticated(
                ErrorReason.ERROR_REASON_CREDENTIALS_INVALID, "the name or the password is wrong");
    }
}
