package org.aula.auth.registration;

import com.github.f4b6a3.uuid.UuidCreator;
import com.google.rpc.Code;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.auth.account.Account;
import org.aula.auth.account.AccountErrors;
import org.aula.auth.account.AccountRepository;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
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

    /// An account, and what its owner said when registering.
    public record Registered(Account account, Registration registration) {}

    /// An account, and how far its registration has come.
    public record Outcome(Account account, SagaState state) {}

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

    /// Adds an account whose address is not yet verified, also where another account has that, and begins its
    /// registration, in the caller's
    /// transaction.
    ///
    /// @param username empty for none
    /// @throws ServiceException ALREADY_EXISTS with USERNAME_TAKEN
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

    /// What the users service is told of an account that registered; the names are empty once it has them.
    ///
    /// @throws ServiceException NOT_FOUND with ACCOUNT_NOT_FOUND
    public Registered get(UUID accountId) {
        return database.query(() -> {
            var account = accounts.find(accountId).orElseThrow(AccountErrors::notFound);
            return new Registered(account, registrations.find(accountId).orElse(NOTHING_KNOWN));
        });
    }

    /// How far a registration has come, for 30 days.
    ///
    /// @throws ServiceException NOT_FOUND with REGISTRATION_NOT_FOUND
    public SagaState getState(UUID accountId) {
        return database.query(() -> findState(accountId))
                .orElseThrow(() -> Errors.notFound(
                        ErrorReason.ERROR_REASON_REGISTRATION_NOT_FOUND, "no such registration, or it is long over"));
    }

    /// Waits some seconds for the outcome of a registration that was just committed. It fails with its
    /// account: there is none exactly when nothing was kept.
    ///
    /// @throws ServiceException ABORTED with REGISTRATION_FAILED
    public Outcome await(UUID accountId) {
        var state = waits.await(
                accountId, () -> database.query(() -> findState(accountId).orElse(SagaState.FAILED)));
        return database.query(() -> accounts.find(accountId))
                .map(account -> new Outcome(account, state))
                .orElseThrow(Registrations::failed);
    }

    private Optional<SagaState> findState(UUID accountId) {
        return sagas.find(RegistrationSaga.KIND, accountId);
    }

    /// The users service has made the user.
    void complete(UUID accountId) {
        sagas.completeStep(RegistrationSaga.KIND, accountId, RegistrationSaga.MAKE_USER);
    }

    /// The users service could not make the user, or has undone it.
    void fail(UUID accountId) {
        sagas.failStep(RegistrationSaga.KIND, accountId, RegistrationSaga.MAKE_USER);
    }

    private static ServiceException failed() {
        return Errors.of(
                Code.ABORTED,
                ErrorReason.ERROR_REASON_REGISTRATION_FAILED,
                "registering failed and nothing of it was kept; register again",
                Map.of());
    }
}
