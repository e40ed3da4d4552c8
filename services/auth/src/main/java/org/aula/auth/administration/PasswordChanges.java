package org.aula.auth.administration;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.UUID;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.auth.account.AccountRepository;
import org.aula.auth.account.AccountRepository.Credentials;
import org.aula.auth.mail.EmailToken;
import org.aula.auth.mail.EmailTokens;
import org.aula.auth.password.Passwords;
import org.aula.auth.session.LoginLimits;
import org.aula.auth.session.PasswordCheck;
import org.aula.auth.session.SessionEnding;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.call.Caller;
import org.aula.kernel.error.Errors;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.postgres.Session;
import org.aula.kernel.time.Times;

/// New passwords, by the old one or by a mailed token. Each is prepared first, since a hash takes long
/// and connections are few, and then set in a transaction that looks again.
@Singleton
public final class PasswordChanges {

    /// A change whose old password proved right.
    public record Change(Credentials proved, String hash) {}

    /// A reset whose token was good a moment ago.
    public record Reset(EmailToken token, String hash) {}

    private final Database database;
    private final AccountRepository accounts;
    private final Passwords passwords;
    private final PasswordCheck check;
    private final LoginLimits limits;
    private final EmailTokens tokens;
    private final SessionEnding sessions;
    private final PasswordEvents events;
    private final Clock clock;

    PasswordChanges(
            Database database,
            AccountRepository accounts,
            Passwords passwords,
            PasswordCheck check,
            LoginLimits limits,
            EmailTokens tokens,
            SessionEnding sessions,
            PasswordEvents events,
            Clock clock) {
        this.database = database;
        this.accounts = accounts;
        this.passwords = passwords;
        this.check = check;
        this.limits = limits;
        this.tokens = tokens;
        this.sessions = sessions;
        this.events = events;
        this.clock = clock;
    }

    /// Proves the old password and hashes the new one.
    ///
    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with ACCOUNT_NOT_FOUND; UNAUTHENTICATED
    ///     with CREDENTIALS_INVALID; RESOURCE_EXHAUSTED with LOGIN_LIMITED
    public Change prepareChange(UUID accountId, String oldPassword, String newPassword) {
        var proved = check.require(accountId, oldPassword);
        return new Change(proved, hash(newPassword));
    }

    /// Sets the new password and ends every session but the caller's.
    ///
    /// @throws org.aula.kernel.error.ServiceException UNAUTHENTICATED with CREDENTIALS_INVALID when it was
    ///     changed meanwhile or the account is gone
    public void change(Change change) {
        var id = change.proved().accountId();
        if (accounts.lockUnchanged(id, change.proved().passwordHash()).isEmpty()) {
            throw Errors.unauthenticated(
                    ErrorReason.ERROR_REASON_CREDENTIALS_INVALID, "the password was changed concurrently");
        }
        if (CallScope.current().caller() instanceof Caller.User user && user.sessionId() != null) {
            sessions.endAllExcept(id, user.sessionId());
        } else {
            sessions.endAll(id);
        }
        set(id, change.hash());
    }

    /// Looks at a token and hashes the new password, if the token is good.
    ///
    /// @throws org.aula.kernel.error.ServiceException FAILED_PRECONDITION with LINK_INVALID
    public Reset prepareReset(String token, String newPassword) {
        var found = database.query(() -> tokens.findReset(token))
                .filter(reset -> reset.isOpen(clock.instant()))
                .orElseThrow(EmailTokens::linkInvalid);
        return new Reset(found, hash(newPassword));
    }

    /// Uses the token, sets the new password and ends every session. The owner has come: failed attempts
    /// to sign in are forgotten.
    ///
    /// @return the account's id
    /// @throws org.aula.kernel.error.ServiceException FAILED_PRECONDITION with LINK_INVALID
    public UUID reset(Reset reset) {
        var id = accounts.lock(reset.token().accountId())
                .orElseThrow(EmailTokens::linkInvalid)
                .id();
        tokens.useReset(reset.token().id());
        sessions.endAll(id);
        set(id, reset.hash());
        Session.current().afterCommit(() -> limits.succeeded(limits.subject(id, "", "")));
        return id;
    }

    private void set(UUID id, String hash) {
        accounts.changePassword(id, hash, Times.now(clock));
        tokens.endResets(id);
        events.changed(id);
    }

    private String hash(String password) {
        try (var turn = passwords.takeTurn()) {
            return turn.hash(password);
        }
    }
}
