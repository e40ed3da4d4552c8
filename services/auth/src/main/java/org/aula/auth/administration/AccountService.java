package org.aula.auth.administration;

import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.aula.auth.access.AccessEvents;
import org.aula.auth.access.LastAdminGuard;
import org.aula.auth.account.Account;
import org.aula.auth.account.AccountErrors;
import org.aula.auth.account.AccountEvents;
import org.aula.auth.account.AccountMapper;
import org.aula.auth.account.AccountQuery;
import org.aula.auth.account.AccountRepository;
import org.aula.auth.account.AccountStateRepository;
import org.aula.auth.account.AccountTransition;
import org.aula.auth.mail.EmailTokens;
import org.aula.auth.session.SessionEnding;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.change.Change;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.time.Times;

/// Accounts: who has them, where they stand, whether they live, and what ends with them.
@Singleton
public final class AccountService {

    private static final String RESOURCE = "account";

    private final AccountRepository accounts;
    private final AccountStateRepository states;
    private final LastAdminGuard administrators;
    private final SessionEnding sessions;
    private final EmailTokens tokens;
    private final AccountEvents events;
    private final AccessEvents access;
    private final Database database;
    private final Audit audit;
    private final Clock clock;

    AccountService(
            AccountRepository accounts,
            AccountStateRepository states,
            LastAdminGuard administrators,
            SessionEnding sessions,
            EmailTokens tokens,
            AccountEvents events,
            AccessEvents access,
            Database database,
            Audit audit,
            Clock clock) {
        this.accounts = accounts;
        this.states = states;
        this.administrators = administrators;
        this.sessions = sessions;
        this.tokens = tokens;
        this.events = events;
        this.access = access;
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /// A living account.
    ///
    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with ACCOUNT_NOT_FOUND
    public Account get(UUID id) {
        return database.query(() -> accounts.find(id)).orElseThrow(AccountErrors::notFound);
    }

    /// The living ones of many accounts, in any order.
    List<Account> findAll(List<UUID> ids) {
        return database.query(() -> accounts.findAll(ids));
    }

    /// Living accounts, the newest first.
    List<Account> list(AccountQuery query) {
        return database.query(() -> accounts.list(query));
    }

    /// Moves an account. Sessions end where the new state allows none, and go on with new tokens elsewhere.
    ///
    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with ACCOUNT_NOT_FOUND;
    ///     FAILED_PRECONDITION with ACCOUNT_STATUS_FORBIDS or LAST_ADMIN; ALREADY_EXISTS with EMAIL_TAKEN when
    ///     another account has verified the address
    Account move(UUID id, AccountTransition transition) {
        return database.transact(() -> {
            var change = change(id, transition);
            audit.record(RESOURCE, id, change, AccountMapper::toProto);
            return change.after();
        });
    }

    /// Suspends an account.
    ///
    /// @param reason for the audit log; empty for none
    /// @throws org.aula.kernel.error.ServiceException as [#move]
    Account suspend(UUID id, String reason) {
        return database.transact(() -> {
            var change = change(id, AccountTransition.SUSPEND);
            if (!change.isNone() && !reason.isEmpty()) {
                // The account does not hold the reason, so that its owner is not told: it has an entry of its own.
                audit.record(RESOURCE, id, AccountMapper.suspension(id, ""), AccountMapper.suspension(id, reason));
            }
            audit.record(RESOURCE, id, change, AccountMapper::toProto);
            return change.after();
        });
    }

    /// Deletes an account softly: its address and its name are free. Nothing happens when it was deleted
    /// already.
    ///
    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with ACCOUNT_NOT_FOUND;
    ///     FAILED_PRECONDITION with LAST_ADMIN
    void delete(UUID id) {
        database.transact(() -> {
            var deletion = states.lockDeletion(id).orElseThrow(AccountErrors::notFound);
            if (deletion.deletedAt() != null) {
                audit.nothing();
                return;
            }
            var account = accounts.find(id).orElseThrow(AccountErrors::notFound);
            administrators.requireAnotherThan(id);
            end(id);
            audit.recordDeleted(RESOURCE, id, AccountMapper.toProto(account));
        });
    }

    /// Takes a deletion back. Nothing happens when the account lives.
    ///
    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with ACCOUNT_NOT_FOUND; ALREADY_EXISTS
    ///     with EMAIL_TAKEN or USERNAME_TAKEN
    Account restore(UUID id) {
        return database.transact(() -> {
            var deletion = states.lockDeletion(id).orElseThrow(AccountErrors::notFound);
            if (deletion.deletedAt() == null) {
                audit.nothing();
                return accounts.find(id).orElseThrow(AccountErrors::notFound);
            }
            try {
                states.restore(id, Times.now(clock));
            } catch (DataAccessException refused) {
                throw AccountErrors.taken(refused);
            }
            var account = accounts.find(id).orElseThrow(AccountErrors::notFound);
            audit.recordCreated(RESOURCE, id, AccountMapper.toProto(account));
            return account;
        });
    }

    /// Deletes the account of a registration that is taken back, in the caller's transaction. It lives no
    /// more when this returns, whatever it was before.
    public void rollback(UUID id) {
        if (accounts.lock(id).isPresent()) {
            end(id);
        }
    }

    /// Removes the account of a registration that failed, in the caller's transaction. What others made of
    /// it meanwhile may refer to it: then its id stays, deleted, and nothing that tells whose it was.
    public void remove(UUID id) {
        rollback(id);
        if (!states.remove(id)) {
            states.blank(id, Times.now(clock));
        }
    }

    private Change<Account> change(UUID id, AccountTransition transition) {
        var account = accounts.lock(id).orElseThrow(AccountErrors::notFound);
        var status = account.status().after(transition);
        if (status == account.status()) {
            return Change.none(account);
        }
        if (!status.maySignIn()) {
            administrators.requireAnotherThan(id);
            sessions.endAll(id);
        }
        try {
            states.changeStatus(id, status, Times.now(clock));
        } catch (DataAccessException refused) {
            throw AccountErrors.taken(refused);
        }
        events.statusChanged(id, account.status(), status);
        if (status.maySignIn()) {
            access.accountChanged(id);
        }
        return new Change<>(account, accounts.find(id).orElseThrow(AccountErrors::notFound));
    }

    private void end(UUID id) {
        sessions.endAll(id);
        states.delete(id, Times.now(clock));
        tokens.endAll(id);
    }
}
