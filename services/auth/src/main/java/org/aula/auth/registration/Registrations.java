package org.aula.auth.registration;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.aula.auth.account.Account;
import org.aula.auth.account.AccountRepository;
import org.aula.auth.account.AccountStatus;
import org.aula.auth.administration.AccountStates;
import org.aula.auth.mail.EmailTokens;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.time.Times;
import org.jdbi.v3.core.Handle;

/// Makes accounts of visitors, as a saga with the users service:
///
/// ```
/// RUNNING ──user created──▶ COMPLETED   names forgotten, verification mailed
///    │ └────user failed───▶ FAILED      account removed
///    └──took too long─────▶ COMPENSATING ──user undone──▶ FAILED
///                           account deleted, users told   account removed
/// ```
///
/// Each step is one transaction that moves the saga's row from a state it must be in, so that a step
/// that comes twice or too late changes nothing.
@Singleton
public final class Registrations {

    /// Everybody begins as a learner.
    private static final String FIRST_ROLE = "student";

    private static final Registration NOTHING_KNOWN = new Registration("", "", "en", "UTC");

    private final AccountRepository accounts;
    private final AccountStates states;
    private final RegistrationRepository registrations;
    private final RegistrationSagaRepository sagas;
    private final RegistrationWaits waits;
    private final RegistrationEvents events;
    private final EmailTokens tokens;
    private final RegistrationSettings settings;
    private final Transactions transactions;
    private final Clock clock;

    Registrations(
            AccountRepository accounts,
            AccountStates states,
            RegistrationRepository registrations,
            RegistrationSagaRepository sagas,
            RegistrationWaits waits,
            RegistrationEvents events,
            EmailTokens tokens,
            RegistrationSettings settings,
            Transactions transactions,
            Clock clock) {
        this.accounts = accounts;
        this.states = states;
        this.registrations = registrations;
        this.sagas = sagas;
        this.waits = waits;
        this.events = events;
        this.tokens = tokens;
        this.settings = settings;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// Adds an account whose address is not yet verified, and begins its registration.
    ///
    /// @param username empty for none
    /// @throws org.aula.kernel.error.ServiceException ALREADY_EXISTS with EMAIL_TAKEN or
    ///     USERNAME_TAKEN
    public Account register(
            Handle handle, String email, String username, String passwordHash, Registration registration) {
        var id = UuidCreator.getTimeOrderedEpoch();
        var now = Times.now(clock);
        accounts.insert(handle, id, email, username, passwordHash, now);
        accounts.addRole(handle, id, FIRST_ROLE);
        registrations.insert(handle, id, registration, now);
        sagas.insert(handle, id, now, now.plus(settings.registrationWithin()));
        events.registered(handle, id);
        return accounts.require(handle, id);
    }

    /// What is kept of an account's registration; the names are empty once the users service has
    /// them.
    public Registration find(Handle handle, UUID accountId) {
        return registrations.find(handle, accountId).orElse(NOTHING_KNOWN);
    }

    /// How far a registration has come, for 30 days.
    public Optional<SagaState> findState(Handle handle, UUID accountId) {
        return sagas.find(handle, accountId);
    }

    /// Waits some seconds for the outcome of a registration that was just committed.
    public SagaState await(UUID accountId) {
        return waits.await(
                accountId,
                () -> transactions.read(handle -> sagas.find(handle, accountId).orElse(SagaState.FAILED)));
    }

    /// The users service has made the user.
    void complete(Handle handle, UUID accountId) {
        if (!sagas.move(handle, accountId, SagaState.RUNNING, SagaState.COMPLETED, "done", null, Times.now(clock))) {
            return;
        }
        registrations.blankNames(handle, accountId);
        events.completed(handle, accountId);
        accounts.lock(handle, accountId)
                .filter(account -> account.status() == AccountStatus.PENDING_VERIFICATION)
                .ifPresent(account -> tokens.requestVerification(handle, accountId, account.email(), true));
        handle.afterCommit(() -> waits.wake(accountId));
    }

    /// The users service could not make the user, or has undone it.
    void fail(Handle handle, UUID accountId) {
        var now = Times.now(clock);
        var ended = sagas.move(handle, accountId, SagaState.RUNNING, SagaState.FAILED, "done", null, now)
                || sagas.move(handle, accountId, SagaState.COMPENSATING, SagaState.FAILED, "done", null, now);
        if (ended) {
            states.remove(handle, accountId);
            handle.afterCommit(() -> waits.wake(accountId));
        }
    }

    /// The users service took too long. The address is free from now on; the account's row stays until
    /// the users service has undone what refers to it.
    void rollback(Handle handle, UUID accountId) {
        var now = Times.now(clock);
        var again = now.plus(settings.registrationWithin());
        if (sagas.move(handle, accountId, SagaState.RUNNING, SagaState.COMPENSATING, "undo user", again, now)) {
            states.rollback(handle, accountId);
            events.cancelled(handle, accountId);
            handle.afterCommit(() -> waits.wake(accountId));
        }
    }

    /// The users service has not answered: it is told once more.
    void askAgain(Handle handle, UUID accountId) {
        var now = Times.now(clock);
        var again = now.plus(settings.registrationWithin());
        if (sagas.move(handle, accountId, SagaState.COMPENSATING, SagaState.COMPENSATING, "undo user", again, now)) {
            events.cancelled(handle, accountId);
        }
    }
}
