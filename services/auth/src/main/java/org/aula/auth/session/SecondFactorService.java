package org.aula.auth.session;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.auth.account.AccountRepository;
import org.aula.auth.factor.SecondFactors;
import org.aula.auth.factor.TotpSecret;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Database;

/// Switches the second factor on and off. Each step wants the password or a code, and what is wrong
/// counts as it does when signing in. A step that changes something tells so in its transaction.
///
/// Every method throws [ServiceException] with the reasons that the contract names for its RPC.
@Singleton
public final class SecondFactorSetup {

    private final Database database;
    private final AccountRepository accounts;
    private final PasswordCheck passwordCheck;
    private final LoginLimits limits;
    private final SecondFactors factors;
    private final LoginChallenges challenges;
    private final SessionEnding ending;

    SecondFactorSetup(
            Database database,
            AccountRepository accounts,
            PasswordCheck passwordCheck,
            LoginLimits limits,
            SecondFactors factors,
            LoginChallenges challenges,
            SessionEnding ending) {
        this.database = database;
        this.accounts = accounts;
        this.passwordCheck = passwordCheck;
        this.limits = limits;
        this.factors = factors;
        this.challenges = challenges;
        this.ending = ending;
    }

    /// Makes a secret that waits for its first code.
    public TotpSecret begin(UUID accountId, String password) {
        passwordCheck.require(accountId, password);
        return database.transact(() -> {
            lock(accountId);
            var account = accounts.find(accountId).orElseThrow(SecondFactorSetup::accountNotFound);
            return factors.begin(accountId, account.email());
        });
    }

    /// Switches the factor on.
    ///
    /// @return the recovery codes
    public List<String> confirm(UUID accountId, String code, Consumer<UUID> changed) {
        return database.transact(() -> {
                    lock(accountId);
                    var subject = limits.subject(
                            accountId, "", CallScope.current().clientInfo().remoteAddress());
                    limits.require(subject);
                    var codes = factors.confirm(accountId, code);
                    if (codes.isPresent()) {
                        changed.accept(accountId);
                    } else {
                        limits.failed(subject);
                    }
                    return codes;
                })
                .orElseThrow(Sessions::codeInvalid);
    }

    /// Switches the factor off.
    public void disable(UUID accountId, String password, Consumer<UUID> changed) {
        passwordCheck.require(accountId, password);
        database.transact(() -> {
            lock(accountId);
            factors.disable(accountId);
            challenges.withdrawAll(accountId);
            changed.accept(accountId);
        });
    }

    /// Makes new recovery codes.
    public List<String> regenerate(UUID accountId, String password, Consumer<UUID> changed) {
        passwordCheck.require(accountId, password);
        return database.transact(() -> {
            lock(accountId);
            var codes = factors.regenerate(accountId);
            changed.accept(accountId);
            return codes;
        });
    }

    /// Takes the factor off somebody's account and ends the sessions.
    ///
    /// @return false when there was none
    public boolean remove(UUID accountId, Consumer<UUID> changed) {
        return database.transact(() -> {
            lock(accountId);
            if (!factors.remove(accountId)) {
                return false;
            }
            ending.endAll(accountId);
            changed.accept(accountId);
            return true;
        });
    }

    private void lock(UUID accountId) {
        if (accounts.lock(accountId).isEmpty()) {
            throw accountNotFound();
        }
    }

    private static ServiceException accountNotFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND, "account not found");
    }
}
