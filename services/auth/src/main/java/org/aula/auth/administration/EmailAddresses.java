package org.aula.auth.administration;

import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.auth.account.Account;
import org.aula.auth.account.AccountErrors;
import org.aula.auth.account.AccountEvents;
import org.aula.auth.account.AccountRepository;
import org.aula.auth.account.AccountStateRepository;
import org.aula.auth.account.AccountTransition;
import org.aula.auth.mail.EmailTokens;
import org.aula.kernel.change.Change;
import org.aula.kernel.error.Errors;
import org.aula.kernel.time.Times;

/// Addresses of accounts: verified, and changed, by a token that was mailed to them.
@Singleton
final class EmailAddresses {

    private final AccountRepository accounts;
    private final AccountStateRepository states;
    private final EmailTokens tokens;
    private final AccountEvents events;
    private final Clock clock;

    EmailAddresses(
            AccountRepository accounts,
            AccountStateRepository states,
            EmailTokens tokens,
            AccountEvents events,
            Clock clock) {
        this.accounts = accounts;
        this.states = states;
        this.tokens = tokens;
        this.events = events;
        this.clock = clock;
    }

    /// Asks for another address. The account keeps its own until the token that goes there comes back;
    /// only then the new one is taken, so somebody else may be quicker.
    ///
    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with ACCOUNT_NOT_FOUND; ALREADY_EXISTS
    ///     with EMAIL_TAKEN
    void requestChange(UUID accountId, String newEmail) {
        var account = accounts.lock(accountId).orElseThrow(AccountErrors::notFound);
        if (accounts.findIdByEmail(newEmail).isPresent()) {
            throw Errors.alreadyExists(ErrorReason.ERROR_REASON_EMAIL_TAKEN, "the email address is taken", Map.of());
        }
        tokens.requestVerification(account.id(), newEmail, false);
    }

    /// Confirms the address of a token: the one that the account has, or the one that it asked for,
    /// which it has from then on. A token that did this already is fine while its time lasts and the
    /// account has that address, since the first answer may have got lost.
    ///
    /// @throws org.aula.kernel.error.ServiceException FAILED_PRECONDITION with LINK_INVALID;
    ///     ALREADY_EXISTS with EMAIL_TAKEN
    Change<Account> verify(String token) {
        var account = tokens.findVerification(token)
                .flatMap(found -> accounts.lock(found.accountId()))
                .orElseThrow(EmailTokens::linkInvalid);
        var verification = tokens.findVerification(token).orElseThrow(EmailTokens::linkInvalid);
        var email = Objects.requireNonNull(verification.email());
        var isOwn = email.equalsIgnoreCase(account.email());
        if (isOwn && verification.wasUsed(clock.instant())) {
            return Change.none(account);
        }
        tokens.useVerification(verification.id());
        if (!isOwn) {
            try {
                states.changeEmail(account.id(), email, Times.now(clock));
            } catch (DataAccessException refused) {
                throw AccountErrors.taken(refused);
            }
            tokens.noteChange(account.id(), account.email());
        }
        var status = account.status().after(AccountTransition.VERIFY);
        if (status != account.status()) {
            states.changeStatus(account.id(), status, Times.now(clock));
            events.statusChanged(account.id(), account.status(), status);
        }
        return new Change<>(account, accounts.find(account.id()).orElseThrow(AccountErrors::notFound));
    }
}
