package org.aula.auth.session;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.auth.account.AccountErrors;
import org.aula.auth.account.AccountRepository;
import org.aula.auth.factor.SecondFactor;
import org.aula.auth.factor.SecondFactors;
import org.aula.auth.factor.TotpSecret;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.postgres.Database;

/// Switches the second factor on and off. Each step wants the password or a code, and what is wrong
/// counts as it does when signing in. A step that changes something has its entry
/// in the audit log, which names the account and the action: everything else is secret.
///
/// Every method throws [ServiceException] with the reasons that the contract names for its RPC.
@Singleton
public final class SecondFactorService {

    private final Database database;
    private final AccountRepository accounts;
    private final PasswordCheck passwordCheck;
    private final LoginLimits limits;
    private final SecondFactors factors;
    private final LoginChallenges challenges;
    private final SessionEnding ending;
    private final Audit audit;

    SecondFactorService(
            Database database,
            AccountRepository accounts,
            PasswordCheck passwordCheck,
            LoginLimits limits,
            SecondFactors factors,
            LoginChallenges challenges,
            SessionEnding ending,
            Audit audit) {
        this.database = database;
        this.accounts = accounts;
        this.passwordCheck = passwordCheck;
        this.limits = limits;
        this.factors = factors;
        this.challenges = challenges;
        this.ending = ending;
        this.audit = audit;
    }

    /// What an account has; empty while none is switched on.
    public Optional<SecondFactor> find(UUID accountId) {
        return database.query(() -> factors.find(accountId));
    }

    /// Makes a secret that waits for its first code.
    public TotpSecret begin(UUID accountId, String password) {
        passwordCheck.require(accountId, password);
        return database.transact(() -> {
            lock(accountId);
            var account = accounts.find(accountId).orElseThrow(AccountErrors::notFound);
            return factors.begin(accountId, account.email());
        });
    }

    /// Switches the factor on.
    ///
    /// @return the recovery codes
    public List<String> confirm(UUID accountId, String code) {
        return database.transact(() -> {
                    lock(accountId);
                    var subject = limits.subject(
                            accountId, "", CallScope.current().clientInfo().remoteAddress());
                    limits.require(subject);
                    var codes = factors.confirm(accountId, code);
                    if (codes.isPresent()) {
                        audit.recordAction("user", accountId);
                    } else {
                        limits.failed(subject);
                    }
                    return codes;
                })
                .orElseThrow(Sessions::codeInvalid);
    }

    /// Switches the factor off.
    public void disable(UUID accountId, String password) {
        passwordCheck.require(accountId, password);
        database.transact(() -> {
            lock(accountId);
            factors.disable(accountId);
            challenges.withdrawAll(accountId);
            audit.recordAction("user", accountId);
        });
    }

    /// Makes new recovery codes.
    public List<String> regenerate(UUID accountId, String password) {
        passwordCheck.require(accountId, password);
        return database.transact(() -> {
            lock(accountId);
            var codes = factors.regenerate(accountId);
            audit.recordAction("user", accountId);
            return codes;
        });
    }

    /// Takes the factor off somebody's account and ends the sessions. Nothing happens when there is none.
    public void remove(UUID accountId) {
        database.transact(() -> {
            lock(accountId);
            if (factors.remove(accountId)) {
                ending.endAll(accountId);
                audit.recordAction("user", accountId);
            } else {
                audit.nothing();
            }
        });
    }

    private void lock(UUID accountId) {
        if (accounts.lock(accountId).isEmpty()) {
            throw AccountErrors.notFound();
        }
    }
}
