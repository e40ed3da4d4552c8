package org.aula.auth.session;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.auth.account.AccountRepository;
import org.aula.auth.account.AccountRepository.Credentials;
import org.aula.auth.key.AccessTokens;
import org.aula.auth.password.Passwords;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.identity.CallScope;
import org.aula.kernel.postgres.Transactions;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sessions of devices: begun by a password, continued by refresh tokens, ended by signing out or
/// by a token's second use.
@Singleton
public final class Sessions {

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    /// A password that proved right.
    ///
    /// @param betterHash what replaces an outdated hash, else null
    private record Proof(Credentials credentials, @Nullable String betterHash) {}

    private final Transactions transactions;
    private final AccountRepository accounts;
    private final Passwords passwords;
    private final LoginLimits limits;
    private final RefreshTokens refreshTokens;
    private final AccessTokens accessTokens;
    private final SessionSettings settings;
    private final Clock clock;

    Sessions(
            Transactions transactions,
            AccountRepository accounts,
            Passwords passwords,
            LoginLimits limits,
            RefreshTokens refreshTokens,
            AccessTokens accessTokens,
            SessionSettings settings,
            Clock clock) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.passwords = passwords;
        this.limits = limits;
        this.refreshTokens = refreshTokens;
        this.accessTokens = accessTokens;
        this.settings = settings;
        this.clock = clock;
    }

    /// Begins a session.
    ///
    /// @param identifier an e-mail address or a user name
    /// @throws ServiceException UNAUTHENTICATED with CREDENTIALS_INVALID; PERMISSION_DENIED with
    ///     ACCOUNT_NOT_ACTIVE; RESOURCE_EXHAUSTED with LOGIN_LIMITED
    public Session login(String identifier, String password, String deviceName) {
        var proof = prove(identifier, password);
        return open(transactions.write(handle -> begin(handle, proof, deviceName)));
    }

    /// Continues a session.
    ///
    /// @throws ServiceException UNAUTHENTICATED with REFRESH_TOKEN_INVALID or REFRESH_TOKEN_REUSED;
    ///     PERMISSION_DENIED with ACCOUNT_NOT_ACTIVE
    public Session refresh(String refreshToken) {
        var rotation = transactions.write(handle -> refreshTokens.rotate(handle, refreshToken));
        return switch (rotation) {
            case Rotation.Granted granted -> open(granted);
            case Rotation.Invalid invalid ->
                throw Errors.unauthenticated(
                        ErrorReason.ERROR_REASON_REFRESH_TOKEN_INVALID, "the session has ended; sign in again");
            case Rotation.Reused reused -> {
                LOG.warn(
                        "session {} of account {} is ended: a refresh token came a second time",
                        reused.familyId(),
                        reused.accountId());
                throw Errors.unauthenticated(
                        ErrorReason.ERROR_REASON_REFRESH_TOKEN_REUSED,
                        "the token was used before, so the session is ended; sign in again");
            }
        };
    }

    /// Ends the session of a refresh token. Nothing happens when there is none.
    public void logout(String refreshToken) {
        transactions.writeVoid(handle -> refreshTokens.end(handle, refreshToken));
    }

    /// The limits are asked while a place to hash is held: attempts that come at once cannot all
    /// pass before the first failure counts.
    private Proof prove(String identifier, String password) {
        Optional<Credentials> found = transactions.read(handle -> accounts.findCredentials(handle, identifier));
        var credentials = found.orElse(null);
        var subject = limits.subject(
                credentials == null ? null : credentials.accountId(),
                identifier,
                CallScope.current().origin().remoteAddress());
        try (var turn = passwords.takeTurn()) {
            limits.require(subject);
            var matches = turn.matches(password, credentials == null ? null : credentials.passwordHash());
            if (credentials == null || !matches) {
                limits.failed(subject);
                throw credentialsInvalid();
            }
            limits.succeeded(subject);
            var outdated = turn.isOutdated(credentials.passwordHash());
            return new Proof(credentials, outdated ? turn.hash(password) : null);
        }
    }

    private Rotation.Granted begin(Handle handle, Proof proof, String deviceName) {
        var id = proof.credentials().accountId();
        var account = accounts.find(handle, id).orElseThrow(Sessions::credentialsInvalid);
        account.requireMaySignIn();
        if (proof.betterHash() != null) {
            accounts.replaceHash(handle, proof.credentials(), proof.betterHash());
        }
        accounts.recordLogin(handle, id, clock.instant());
        return refreshTokens.begin(handle, accounts.find(handle, id).orElseThrow(), deviceName);
    }

    private Session open(Rotation.Granted granted) {
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant expires = now.plus(settings.accessTokenLife());
        var access = accessTokens.issue(granted.account(), granted.kept().familyId(), now, expires);
        return new Session(
                granted.account(),
                access,
                expires,
                granted.token(),
                granted.kept().expiresAt());
    }

    private static ServiceException credentialsInvalid() {
        return Errors.unauthenticated(
                ErrorReason.ERROR_REASON_CREDENTIALS_INVALID, "the name and the password do not belong together");
    }
}
