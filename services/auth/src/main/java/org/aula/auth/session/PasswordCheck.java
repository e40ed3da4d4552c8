package org.aula.auth.session;

import com.google.common.base.CharMatcher;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.auth.account.AccountRepository;
import org.aula.auth.account.AccountRepository.Credentials;
import org.aula.auth.password.Passwords;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Database;
import org.jspecify.annotations.Nullable;

/// Finds out whether who calls knows a password, within the limits of failed attempts.
@Singleton
public final class PasswordCheck {

    private final Database database;
    private final AccountRepository accounts;
    private final Passwords passwords;
    private final LoginLimits limits;

    PasswordCheck(Database database, AccountRepository accounts, Passwords passwords, LoginLimits limits) {
        this.database = database;
        this.accounts = accounts;
        this.passwords = passwords;
        this.limits = limits;
    }

    /// Hashes that are compared with a password that belongs to nobody who may be meant.
    private static final int COMPARED = 2;

    /// Whose password it may be.
    ///
    /// @param owner who is signed in, has the user name, or has verified the address
    /// @param claimant who said last to have the address
    private record Candidates(Optional<Credentials> owner, Optional<Credentials> claimant) {

        /// The claimant first: so it takes as long to sign in whether there is an owner or not.
        List<Credentials> all() {
            return Stream.concat(claimant.stream(), owner.stream()).toList();
        }
    }

    /// A password that proved right.
    ///
    /// @param subject whose failed attempts are forgotten now
    /// @param betterHash what replaces an outdated hash, else null
    record Proof(
            Credentials credentials,
            LoginLimits.Subject subject,
            @Nullable String betterHash) {}

    /// Proves the password of whoever signs in. An account that does not exist is told and takes as
    /// long as a wrong password. Several accounts may name one address: the password tells which is meant.
    ///
    /// @param given an e-mail address (it has an `@`) or a user name
    /// @throws ServiceException UNAUTHENTICATED with CREDENTIALS_INVALID; RESOURCE_EXHAUSTED with
    ///     LOGIN_LIMITED
    Proof prove(String given, String password) {
        // Space around it, as keyboards that complete words leave it, is no part of an identifier.
        var identifier = CharMatcher.whitespace().trimFrom(given);
        var found = database.query(() -> find(identifier));
        return prove(found, identifier, password, COMPARED);
    }

    /// Who may be meant: of an address who says to have it, and who does.
    private Candidates find(String identifier) {
        return identifier.contains("@")
                ? new Candidates(
                        accounts.findCredentialsOfOwner(identifier), accounts.findCredentialsOfClaimant(identifier))
                : new Candidates(accounts.findCredentialsByUsername(identifier), Optional.empty());
    }

    /// Has a person who is signed in prove the password once more, before something that matters.
    ///
    /// @return what was proved, so that the change can see to it that it still holds
    /// @throws ServiceException UNAUTHENTICATED with CREDENTIALS_INVALID; RESOURCE_EXHAUSTED with
    ///     LOGIN_LIMITED; NOT_FOUND with ACCOUNT_NOT_FOUND
    public Credentials require(UUID accountId, String password) {
        var found = database.query(() -> accounts.findCredentials(accountId));
        if (found.isEmpty()) {
            throw Errors.notFound(ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND, "account not found");
        }
        return prove(new Candidates(found, Optional.empty()), "", password, 1).credentials();
    }

    /// The limits are asked while a place to hash is held: attempts that come at once cannot all pass
    /// before the first failure counts. As many hashes are compared whoever there is.
    private Proof prove(Candidates candidates, String identifier, String password, int compared) {
        var remoteAddress = CallScope.current().clientInfo().remoteAddress();
        var subject =
                limits.subject(candidates.owner().map(Credentials::accountId).orElse(null), identifier, remoteAddress);
        if (candidates.claimant().isPresent()) {
            subject = subject.and(candidates.claimant().get().accountId());
        }
        try (var turn = passwords.takeTurn()) {
            limits.require(subject);
            for (var credentials : candidates.all()) {
                var match = turn.match(password, credentials.passwordHash());
                if (match != Passwords.Match.NONE) {
                    return new Proof(
                            credentials,
                            // Only its own: a claimant does not forget what counts against the owner.
                            limits.subject(credentials.accountId(), identifier, remoteAddress),
                            match == Passwords.Match.OUTDATED ? turn.hash(password) : null);
                }
            }
            for (int more = candidates.all().size(); more < compared; more++) {
                turn.match(password, null);
            }
            limits.failed(subject);
            throw invalid();
        }
    }

    static ServiceException invalid() {
        return Errors.unauthenticated(
                ErrorReason.ERROR_REASON_CREDENTIALS_INVALID, "the name or the password is wrong");
    }
}
