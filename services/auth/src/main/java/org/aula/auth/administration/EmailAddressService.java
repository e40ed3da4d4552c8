package org.aula.auth.administration;

import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import org.aula.auth.access.AccessEvents;
import org.aula.auth.account.Account;
import org.aula.auth.account.AccountErrors;
import org.aula.auth.account.AccountEvents;
import org.aula.auth.account.AccountMapper;
import org.aula.auth.account.AccountRepository;
import org.aula.auth.account.AccountStateRepository;
import org.aula.auth.account.AccountTransition;
import org.aula.auth.mail.EmailLimits;
import org.aula.auth.mail.EmailTokens;
import org.aula.auth.mail.RegistrationNotices;
import org.aula.auth.session.PasswordCheck;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.change.Change;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.time.Times;

/// Addresses of accounts: verified, and changed, by a token that was mailed to them.
@Singleton
final class EmailAddressService {

    private static final String RESOURCE = "account";

    private final AccountRepository accounts;
    private final AccountStateRepository states;
    private final EmailTokens tokens;
    private final PasswordCheck check;
    private final EmailLimits limits;
    private final RegistrationNotices notices;
    private final AccountEvents events;
    private final AccessEvents access;
    private final Database database;
    private final Audit audit;
    private final Clock clock;

    EmailAddressService(
            AccountRepository accounts,
            AccountStateRepository states,
            EmailTokens tokens,
            PasswordCheck check,
            EmailLimits limits,
            RegistrationNotices notices,
            AccountEvents events,
            AccessEvents access,
            Database database,
            Audit audit,
            Clock clock) {
        this.accounts = accounts;
        this.states = states;
        this.tokens = tokens;
        this.check = check;
        this.limits = limits;
        this.notices = notices;
        this.events = events;
        this.access = access;
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /// Asks for another address. The account keeps its own until the token that goes there comes back;
    /// only then the new one is taken, so somebody else may be quicker. Whose address it is already is not
    /// told: its owner gets an email, and no token goes there.
    ///
    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with ACCOUNT_NOT_FOUND; UNAUTHENTICATED with
    ///     CREDENTIALS_INVALID; RESOURCE_EXHAUSTED with LOGIN_LIMITED or MAIL_LIMITED
    void requestChange(UUID accountId, String password, String newEmail) {
        check.require(accountId, password);
        limits.take(accountId);
        database.transact(() -> {
            requestVerification(accountId, newEmail);
            audit.recordAction(RESOURCE, accountId);
        });
    }

    private void requestVerification(UUID accountId, String newEmail) {
        var account = accounts.lock(accountId).orElseThrow(AccountErrors::notFound);
        notices.tellOwner(newEmail, accountId);
        tokens.requestVerification(account.id(), newEmail, false);
    }

    /// Confirms the address of a token: the one that the account has, or the one that it asked for,
    /// which it has from then on. A token that did this already is fine while its time lasts and the
    /// account has that address, since the first answer may have got lost.
    ///
    /// @throws org.aula.kernel.error.ServiceException FAILED_PRECONDITION with LINK_INVALID;
    ///     ALREADY_EXISTS with EMAIL_TAKEN
    void verify(String token) {
        database.transact(() -> {
            var change = use(token);
            audit.record(RESOURCE, change.after().id(), change, AccountMapper::toProto);
        });
    }

    private Change<Account> use(String token) {
        var account = tokens.findVerification(token)
                .flatMap(found -> accounts.lock(found.accountId()))
                .orElseThrow(EmailTokens::linkInvalid);
        var verification = tokens.findVerification(token).orElseThrow(EmailTokens::linkInvalid);
        var email = Objects.requireNonNull(verification.email());
        var isOwn = email.equalsIgnoreCase(account.email());
        if (isOwn && verification.wasUsed(clock.instant())) {
            return Change.none(account);
        }
        var status = account.status().after(AccountTransition.VERIFY);
        var isNewlyVerified = status != account.status();
        tokens.useVerification(verification.id());
        try {
            // The address first: what is verified is the new one.
            if (!isOwn) {
                states.changeEmail(account.id(), email, Times.now(clock));
            }
            if (isNewlyVerified) {
                states.changeStatus(account.id(), status, Times.now(clock));
            }
        } catch (DataAccessException refused) {
            throw AccountErrors.taken(refused);
        }
        if (isNewlyVerified) {
            events.statusChanged(account.id(), account.status(), status);
        }
        if (!isOwn) {
            tokens.noteChange(account.id(), account.email());
        }
        if (isNewlyVerified) {
            // Tokens say whether the account is verified. Last, since nobody signs in from here to the end.
            access.accountChanged(account.id());
        }
        return new Change<>(account, accounts.find(account.id()).orElseThrow(AccountErrors::notFound));
    }
}
