package org.aula.auth.factor;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.auth.account.AccountErrors;
import org.aula.auth.factor.SecondFactorRepository.Kept;
import org.aula.auth.factor.SecondFactorRepository.RecoveryCode;
import org.aula.auth.key.EncryptedSecrets;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.time.Times;

/// Second factors of accounts, each step in the caller's transaction. Who may take it is decided
/// before: by a password, by a code within the limits, or by a permission.
@Singleton
public final class SecondFactors {

    private final SecondFactorRepository repository;
    private final EncryptedSecrets secrets;
    private final SecondFactorEvents events;
    private final FactorSettings settings;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    SecondFactors(
            SecondFactorRepository repository,
            EncryptedSecrets secrets,
            SecondFactorEvents events,
            FactorSettings settings,
            Clock clock) {
        this.repository = repository;
        this.secrets = secrets;
        this.events = events;
        this.settings = settings;
        this.clock = clock;
    }

    /// What an account has; empty while none is switched on.
    ///
    /// @throws ServiceException NOT_FOUND with ACCOUNT_NOT_FOUND
    public Optional<SecondFactor> find(UUID accountId) {
        var found = repository.find(accountId).orElseThrow(AccountErrors::notFound);
        return Optional.ofNullable(found.confirmedAt()).map(since -> new SecondFactor(since, found.codesLeft()));
    }

    /// Whether codes are asked for when the account signs in.
    public boolean isActive(UUID accountId) {
        return repository.isActive(accountId);
    }

    /// Makes a secret that waits for a first code.
    ///
    /// @param name what the app calls the account
    /// @throws ServiceException FAILED_PRECONDITION with SECOND_FACTOR_ACTIVE
    public TotpSecret begin(UUID accountId, String name) {
        var secret = new byte[Totp.SECRET_BYTES];
        random.nextBytes(secret);
        if (repository.begin(accountId, secrets.seal(purpose(accountId), secret), Times.now(clock)) == 0) {
            throw active();
        }
        return TotpSecret.of(secret, settings.totpIssuer(), name);
    }

    /// Switches the factor on if this is a code of the secret that waits.
    ///
    /// @return the recovery codes; empty when the code is wrong
    /// @throws ServiceException FAILED_PRECONDITION with SECOND_FACTOR_ACTIVE or SECOND_FACTOR_NOT_BEGUN
    public Optional<List<String>> confirm(UUID accountId, String code) {
        var kept = repository
                .lock(accountId)
                .orElseThrow(() -> Errors.failedPrecondition(
                        ErrorReason.ERROR_REASON_SECOND_FACTOR_NOT_BEGUN,
                        "no secret waits to be confirmed; begin first",
                        Map.of()));
        if (kept.confirmedAt() != null) {
            throw active();
        }
        var step = stepOf(accountId, kept, code);
        if (step.isEmpty()) {
            return Optional.empty();
        }
        repository.confirm(accountId, step.getAsLong(), Times.now(clock));
        events.enabled(accountId);
        return Optional.of(replaceRecoveryCodes(accountId));
    }

    /// Whether this is a code of the app or a recovery code. It is used up then.
    public boolean use(UUID accountId, String code) {
        var kept = repository.lock(accountId);
        if (kept.isEmpty() || kept.get().confirmedAt() == null) {
            return false;
        }
        if (code.length() != Totp.DIGITS) {
            return repository.useRecoveryCode(accountId, RecoveryCodes.hash(code), Times.now(clock)) == 1;
        }
        var step = stepOf(accountId, kept.get(), code);
        return step.isPresent() && repository.useStep(accountId, step.getAsLong()) == 1;
    }

    /// Makes new recovery codes; those of before are void.
    ///
    /// @throws ServiceException FAILED_PRECONDITION with SECOND_FACTOR_INACTIVE
    public List<String> regenerate(UUID accountId) {
        var kept = repository.lock(accountId);
        if (kept.isEmpty() || kept.get().confirmedAt() == null) {
            throw inactive();
        }
        return replaceRecoveryCodes(accountId);
    }

    /// Switches the factor off.
    ///
    /// @throws ServiceException FAILED_PRECONDITION with SECOND_FACTOR_INACTIVE
    public void disable(UUID accountId) {
        if (!remove(accountId)) {
            throw inactive();
        }
    }

    /// Takes the factor away.
    ///
    /// @return false when none was switched on
    public boolean remove(UUID accountId) {
        var removed = repository.delete(accountId) == 1;
        if (removed) {
            events.disabled(accountId);
        }
        return removed;
    }

    private List<String> replaceRecoveryCodes(UUID accountId) {
        var codes = RecoveryCodes.generate();
        repository.deleteRecoveryCodes(accountId);
        repository.insertRecoveryCodes(codes.stream()
                .map(code -> new RecoveryCode(accountId, RecoveryCodes.hash(code)))
                .toList());
        return codes;
    }

    private OptionalLong stepOf(UUID accountId, Kept kept, String code) {
        return Totp.stepOf(secrets.open(purpose(accountId), kept.sealedSecret()), code, clock.instant());
    }

    /// What is sealed for one account does not open for another.
    private static String purpose(UUID accountId) {
        return "totp " + accountId;
    }

    private static ServiceException active() {
        return Errors.failedPrecondition(
                ErrorReason.ERROR_REASON_SECOND_FACTOR_ACTIVE, "the second factor is switched on already", Map.of());
    }

    private static ServiceException inactive() {
        return Errors.failedPrecondition(
                ErrorReason.ERROR_REASON_SECOND_FACTOR_INACTIVE, "the second factor is not switched on", Map.of());
    }
}
