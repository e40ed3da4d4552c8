package org.aula.auth.registration;

import com.github.f4b6a3.uuid.UuidCreator;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.aula.auth.account.Account;
import org.aula.auth.account.AccountErrors;
import org.aula.auth.account.AccountRepository;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.saga.SagaState;
import org.aula.kernel.saga.Sagas;
import org.aula.kernel.time.Times;

/// Makes accounts of visitors, as a saga with the users service, [RegistrationSaga]:
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
    private final RegistrationRepository registrations;
    private final RegistrationSaga saga;
    private final Sagas sagas;
    private final RegistrationWaits waits;
    private final Database database;
    private final Clock clock;

    Registrations(
            AccountRepository accounts,
            RegistrationRepository registrations,
            RegistrationSaga saga,
            Sagas sagas,
            RegistrationWaits waits,
            Database database,
            Clock clock) {
        this.accounts = accounts;
        this.registrations = registrations;
        this.saga = saga;
        this.sagas = sagas;
        this.waits = waits;
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
        sagas.start(RegistrationSaga.KIND, id, saga.makeUser(id));
        return accounts.find(id).orElseThrow(AccountErrors::notFound);
    }

    /// What is kept of an account's registration; the names are empty once the users service has
    /// them.
    public Registration find(UUID accountId) {
        return registrations.find(accountId).orElse(NOTHING_KNOWN);
    }

    /// How far a registration has come, for 30 days.
    public Optional<SagaState> findState(UUID accountId) {
        return sagas.find(RegistrationSaga.KIND, accountId);
    }

    /// Waits some seconds for the outcome of a registration that was just committed.
    public SagaState await(UUID accountId) {
        return waits.await(
                accountId, () -> database.query(() -> findState(accountId).orElse(SagaState.FAILED)));
    }

    /// The users service has made the user.
    void complete(UUID accountId) {
        sagas.completeStep(RegistrationSaga.KIND, accountId, RegistrationSaga.MAKE_USER);
    }

    /// The users service could not make the user, or has undone it.
    void fail(UUID accountId) {
        sagas.failStep(RegistrationSaga.KIND, accountId, RegistrationSaga.MAKE_USER);
    }
}
