package org.aula.auth.registration;

import com.github.f4b6a3.uuid.UuidCreator;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.aula.auth.account.Account;
import org.aula.auth.account.AccountErrors;
import org.aula.auth.account.AccountRepository;
import org.aula.auth.account.AccountStatus;
import org.aula.auth.administration.AccountService;
import org.aula.auth.mail.EmailTokens;
import org.aula.auth.registration.RegistrationSagaRepository.Saga;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.postgres.Session;
import org.aula.kernel.time.Times;
import org.jspecify.annotations.Nullable;

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
    private final AccountService accountService;
    private final RegistrationRepository registrations;
    private final RegistrationSagaRepository sagas;
    private final RegistrationWaits waits;
    private final RegistrationEvents events;
    private final EmailTokens tokens;
    private final RegistrationSettings settings;
    private final Database database;
    private final Clock clock;

    Registrations(
            AccountRepository accounts,
            AccountService accountService,
            RegistrationRepository registrations,
            RegistrationSagaRepository sagas,
            RegistrationWaits waits,
            RegistrationEvents events,
            EmailTokens tokens,
            RegistrationSettings settings,
            Database database,
            Clock clock) {
        this.accounts = accounts;
        this.accountService = accountService;
        this.registrations = registrations;
        this.sagas = sagas;
        this.waits = waits;
        this.events = events;
        this.tokens = tokens;
        this.settings = settings;
        this.database = database;
        this.clock = clock;
    }

    /// Adds an account whose address is not yet verified, and begins its registration.
    ///
    /// @param username empty for none
    /// @throws org.aula.kernel.error.ServiceException ALREADY_EXISTS with EMAIL_TAKEN or
    ///     USERNAME_TAKEN
    public Account register(String email, String username, String passwordHash, Registration registration) {
        var id = UuidCreator.getTimeOrderedEpoch();
        var now = Times.now(clock);
        try {
            accounts.insert(id, email, username, passwordHash, now);
        } catch (DataAccessException refused) {
            throw AccountErrors.taken(refused);
        }
        accounts.addRole(id, FIRST_ROLE);
        registrations.insert(
                id,
                registration.firstName(),
                registration.lastName(),
                registration.languageCode(),
                registration.timeZone(),
                now);
        sagas.insert(id, now, now.plus(settings.registrationWithin()));
        events.registered(id);
        return accounts.find(id).orElseThrow(AccountErrors::notFound);
    }

    /// What is kept of an account's registration; the names are empty once the users service has
    /// them.
    public Registration find(UUID accountId) {
        return registrations.find(accountId).orElse(NOTHING_KNOWN);
    }

    /// How far a registration has come, for 30 days.
    public Optional<SagaState> findState(UUID accountId) {
        return sagas.find(accountId).map(Saga::state);
    }

    /// Waits some seconds for the outcome of a registration that was just committed.
    public SagaState await(UUID accountId) {
        return waits.await(
                accountId, () -> database.query(() -> findState(accountId).orElse(SagaState.FAILED)));
    }

    /// The users service has made the user.
    void complete(UUID accountId) {
        if (!move(accountId, SagaState.RUNNING, SagaState.COMPLETED, "done", null)) {
            return;
        }
        registrations.blankNames(accountId);
        events.completed(accountId);
        accounts.lock(accountId)
                .filter(account -> account.status() == AccountStatus.PENDING_VERIFICATION)
                .ifPresent(account -> tokens.requestVerification(accountId, account.email(), true));
        Session.current().afterCommit(() -> waits.wake(accountId));
    }

    /// The users service could not make the user, or has undone it.
    void fail(UUID accountId) {
        var ended = move(accountId, SagaState.RUNNING, SagaState.FAILED, "done", null)
                || move(accountId, SagaState.COMPENSATING, SagaState.FAILED, "done", null);
        if (ended) {
            accountService.remove(accountId);
            Session.current().afterCommit(() -> waits.wake(accountId));
        }
    }

    /// The users service took too long. The address is free from now on; the account's row stays until
    /// the users service has undone what refers to it.
    void rollback(UUID accountId) {
        if (move(accountId, SagaState.RUNNING, SagaState.COMPENSATING, "undo user", settings.registrationWithin())) {
            accountService.rollback(accountId);
            events.cancelled(accountId);
            Session.current().afterCommit(() -> waits.wake(accountId));
        }
    }

    /// The users service has not answered: it is told once more.
    void askAgain(UUID accountId) {
        if (move(
                accountId,
                SagaState.COMPENSATING,
                SagaState.COMPENSATING,
                "undo user",
                settings.registrationWithin())) {
            events.cancelled(accountId);
        }
    }

    /// @param lookAgainAfter null for never
    private boolean move(UUID accountId, SagaState from, SagaState to, String step, @Nullable Duration lookAgainAfter) {
        var now = Times.now(clock);
        var leaseUntil = lookAgainAfter == null ? null : now.plus(lookAgainAfter);
        return sagas.move(accountId, from, to, step, leaseUntil, now) == 1;
    }
}
