package org.aula.auth.session;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.auth.account.AccountRepository;
import org.aula.auth.factor.SecondFactors;
import org.aula.auth.factor.TotpSecret;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Transactions;
import org.jdbi.v3.core.Handle;

/// Switches the second factor on and off. Each step wants the password or a code, and what is wrong
/// counts as it does when signing in. A step that changes something tells so in its transaction.
///
/// Every method throws [ServiceException] with the reasons that the contract names for its RPC.
@Singleton
public final class SecondFactorSetup {

    private final Transactions transactions;
    private final AccountRepository accounts;
    private final PasswordCheck passwordCheck;
    private final LoginLimits limits;
    private final SecondFactors factors;
    private final LoginChallenges challenges;
    private final SessionEnding ending;

    SecondFactorSetup(
            Transactions transactions,
            AccountRepository accounts,
            PasswordCheck passwordCheck,
            LoginLimits limits,
            SecondFactors factors,
            LoginChallenges challenges,
            SessionEnding ending) {
        this.transactions = transactions;
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
        return transactions.write(handle -> {
            lock(handle, accountId);
            var account = accounts.find(handle, accountId).orElseThrow(SecondFactorSetup::accountNotFound);
            return factors.begin(handle, accountId, account.email());
        });
    }

    /// Switches the factor on.
    ///
    /// @return the recovery codes
    public List<String> confirm(UUID accountId, String code, BiConsumer<Handle, UUID> changed) {
        return transactions
                .write(handle -> {
                    lock(handle, accountId);
                    var subject = limits.subject(
                            accountId, "", CallScope.current().clientInfo().remoteAddress());
                    limits.require(subject);
                    var codes = factors.confirm(handle, accountId, code);
                    if (codes.isPresent()) {
                        changed.accept(handle, accountId);
                    } else {
                        limits.failed(subject);
                    }
                    return codes;
                })
                .orElseThrow(Sessions::codeInvalid);
    }

    /// Switches the factor off.
    public void disable(UUID accountId, String password, BiConsumer<Handle, UUID> changed) {
        passwordCheck.require(accountId, password);
        transactions.writeVoid(handle -> {
            lock(handle, accountId);
            factors.disable(handle, accountId);
            challenges.withdrawAll(handle, accountId);
            changed.accept(handle, accountId);
        });
    }

    /// Makes new recovery codes.
    public List<String> regenerate(UUID accountId, String password, BiConsumer<Handle, UUID> changed) {
        passwordCheck.require(accountId, password);
        return transactions.write(handle -> {
            lock(handle, accountId);
            var codes = factors.regenerate(handle, accountId);
            changed.accept(handle, accountId);
            return codes;
        });
    }

    /// Takes the factor off somebody's account and ends the sessions.
    ///
    /// @return false when there was none
    public boolean remove(UUID accountId, BiConsumer<Handle, UUID> changed) {
        return transactions.write(handle -> {
            lock(handle, accountId);
            if (!factors.remove(handle, accountId)) {
                return false;
            }
            ending.endAll(handle, accountId);
            changed.accept(handle, accountId);
            return true;
        });
    }

    private void lock(Handle handle, UUID accountId) {
        if (accounts.lock(handle, accountId).isEmpty()) {
            throw accountNotFound();
        }
    }

    private static ServiceException accountNotFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND, "no such account");
    }
}
