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
import org.aula.kernel.audit.Audit;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.call.Caller;
import org.aula.kernel.error.Errors;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.postgres.Session;
import org.aula.kernel.time.Times;

/// New passwords, by the old one or by a mailed token. Each is hashed first, since a hash takes long and
/// connections are few, and then set in a transaction that looks again.
@Singleton
final class PasswordService {

    private static final String RESOURCE = "account";
    private static final String FIELD = "new_password";

    private final Database database;
    private final AccountRepository accounts;
    private final Passwords passwords;
    private final PasswordCheck check;
    private final LoginLimits limits;
    private final EmailTokens tokens;
    private final SessionEnding sessions;
    private final PasswordEvents events;
    private final Audit audit;
    private final Clock clock;

    PasswordService(
            Database database,
            AccountRepository accounts,
            Passwords passwords,
            PasswordCheck check,
            LoginLimits limits,
            EmailTokens tokens,
            SessionEnding sessions,
            PasswordEvents events,
            Audit audit,
            Clock clock) {
        this.database = database;
        this.accounts = accounts;
        this.passwords = passwords;
        this.check = check;
        this.limits = limits;
        this.tokens = tokens;
        this.sessions = sessions;
        this.events = events;
        this.audit = audit;
        this.clock = clock;
    }

    /// Sets a new password for whoever knows the old one, and ends every session but the caller's.
    ///
    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with ACCOUNT_NOT_FOUND; UNAUTHENTICATED
    ///     with CREDENTIALS_INVALID, also when it was changed meanwhile or the account is gone;
    ///     RESOURCE_EXHAUSTED with LOGIN_LIMITED; INVALID_ARGUMENT with PASSWORD_COMMON
    void change(UUID accountId, String oldPassword, String newPassword) {
        passwords.requireAcceptable(FIELD, newPassword);
        var proved = check.require(accountId, oldPassword);
        var hash = hash(newPassword);
        database.transact(() -> {
            change(proved, hash);
            audit.recordAction(RESOURCE, accountId);
        });
    }

    private void change(Credentials proved, String hash) {
        var id = proved.accountId();
        if (accounts.lockUnchanged(id, proved.passwordHash()).isEmpty()) {
            throw Errors.unauthenticated(
                    ErrorReason.ERROR_REASON_CREDENTIALS_INVALID, "the password was changed concurrently");
        }
        if (CallScope.current().caller() instanceof Caller.User user && user.sessionId() != null) {
            sessions.endAllExcept(id, user.sessionId());
        } else {
            sessions.endAll(id);
        }
        set(id, hash);
    }

    /// Uses a token, sets the new password and ends every session. The owner has come: failed attempts to
    /// sign in are forgotten.
    ///
    /// @throws org.aula.kernel.error.ServiceException FAILED_PRECONDITION with LINK_INVALID;
    ///     INVALID_ARGUMENT with PASSWORD_COMMON
    void reset(String token, String newPassword) {
        passwords.requireAcceptable(FIELD, newPassword);
        var found = database.query(() -> tokens.findReset(token))
                .filter(reset -> reset.isOpen(clock.instant()))
                .orElseThrow(EmailTokens::linkInvalid);
        var hash = hash(newPassword);
        database.transact(() -> {
            reset(found, hash);
            audit.recordAction(RESOURCE, found.accountId());
        });
    }

    private void reset(EmailToken token, String hash) {
        var account = accounts.lock(token.accountId()).orElseThrow(EmailTokens::linkInvalid);
        var id = account.id();
        tokens.useReset(token.id());
        sessions.endAll(id);
        set(id, hash);
        Session.current().afterCommit(() -> {
            limits.succeeded(limits.subject(id, "", ""));
            // As attempts count while nobody has verified the address.
            limits.succeeded(limits.subject(null, account.email(), ""));
        });
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
