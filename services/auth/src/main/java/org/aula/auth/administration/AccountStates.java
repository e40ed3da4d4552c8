package org.aula.auth.administration;

import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.aula.auth.access.LastAdminGuard;
import org.aula.auth.account.Account;
import org.aula.auth.account.AccountErrors;
import org.aula.auth.account.AccountEvents;
import org.aula.auth.account.AccountRepository;
import org.aula.auth.account.AccountStateRepository;
import org.aula.auth.account.AccountTransition;
import org.aula.auth.mail.EmailTokens;
import org.aula.auth.session.SessionEnding;
import org.aula.kernel.change.Change;
import org.aula.kernel.time.Times;

/// Where accounts stand, whether they live, and what ends with them.
@Singleton
public final class AccountStates {

    private final AccountRepository accounts;
    private final AccountStateRepository states;
    private final LastAdminGuard administrators;
    private final SessionEnding sessions;
    private final EmailTokens tokens;
    private final AccountEvents events;
    private final Clock clock;

    AccountStates(
            AccountRepository accounts,
            AccountStateRepository states,
            LastAdminGuard administrators,
            SessionEnding sessions,
            EmailTokens tokens,
            AccountEvents events,
            Clock clock) {
        this.accounts = accounts;
        this.states = states;
        this.administrators = administrators;
        this.sessions = sessions;
        this.tokens = tokens;
        this.events = events;
        this.clock = clock;
    }

    /// Moves an account. Sessions end where the new state allows none.
    ///
    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with ACCOUNT_NOT_FOUND;
    ///     FAILED_PRECONDITION with ACCOUNT_STATUS_FORBIDS or LAST_ADMIN
    Change<Account> move(UUID id, AccountTransition move) {
        var account = accounts.lock(id).orElseThrow(AccountErrors::notFound);
        var status = account.status().after(move);
        if (status == account.status()) {
            return Change.none(account);
        }
        if (!status.maySignIn()) {
            administrators.requireAnotherThan(id);
            sessions.endAll(id);
        }
        states.changeStatus(id, status, Times.now(clock));
        events.statusChanged(id, account.status(), status);
        return new Change<>(account, accounts.find(id).orElseThrow(AccountErrors::notFound));
    }

    /// Deletes an account softly: its address and its name are free.
    ///
    /// @return the account before, or nothing when it was deleted already
    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with ACCOUNT_NOT_FOUND;
    ///     FAILED_PRECONDITION with LAST_ADMIN
    Optional<Account> delete(UUID id) {
        var deletion = states.lockDeletion(id).orElseThrow(AccountErrors::notFound);
        if (deletion.deletedAt() != null) {
            return Optional.empty();
        }
        var account = accounts.find(id).orElseThrow(AccountErrors::notFound);
        administrators.requireAnotherThan(id);
        end(id);
        return Optional.of(account);
    }

    /// Takes a deletion back.
    ///
    /// @return whether it was deleted
    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with ACCOUNT_NOT_FOUND; ALREADY_EXISTS
    ///     with EMAIL_TAKEN or USERNAME_TAKEN
    boolean restore(UUID id) {
        var deletion = states.lockDeletion(id).orElseThrow(AccountErrors::notFound);
        if (deletion.deletedAt() == null) {
            return false;
        }
        try {
            states.restore(id, Times.now(clock));
        } catch (DataAccessException refused) {
            throw AccountErrors.taken(refused);
        }
        return true;
    }

    /// Deletes the account of a registration that is taken back. It lives no more when this returns,
    /// whatever it was before.
    public void rollback(UUID id) {
        if (accounts.lock(id).isPresent()) {
            end(id);
        }
    }

    /// Removes the account of a registration that failed. What others made of it meanwhile may refer to
    /// it: then its id stays, deleted, and nothing that tells whose it was.
    public void remove(UUID id) {
        rollback(id);
        if (!states.remove(id)) {
            states.blank(id, Times.now(clock));
        }
    }

    private void end(UUID id) {
        sessions.endAll(id);
        states.delete(id, Times.now(clock));
        tokens.endAll(id);
    }
}
