package org.aula.auth.session;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.auth.account.AccountRepository;
import org.aula.auth.factor.SecondFactors;
import org.aula.auth.key.AccessTokens;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sessions of devices: begun by a password, continued by refresh tokens, ended by signing out or
/// by a token's second use.
@Singleton
public final class Sessions {

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    /// What is left to be said after the transaction of an answered challenge.
    private sealed interface Answer {
        record Right(RefreshResult.Granted granted, LoginLimits.Subject subject) implements Answer {}

        record Wrong() implements Answer {}
    }

    private final Database database;
    private final AccountRepository accounts;
    private final PasswordCheck passwordCheck;
    private final SecondFactors secondFactors;
    private final LoginChallenges challenges;
    private final LoginLimits limits;
    private final RefreshTokens refreshTokens;
    private final AccessTokens accessTokens;
    private final SessionSettings settings;
    private final Clock clock;
    private final SingleFlight<String, Session> refreshes = new SingleFlight<>();

    Sessions(
            Database database,
            AccountRepository accounts,
            PasswordCheck passwordCheck,
            SecondFactors secondFactors,
            LoginChallenges challenges,
            LoginLimits limits,
            RefreshTokens refreshTokens,
            AccessTokens accessTokens,
            SessionSettings settings,
            Clock clock) {
        this.database = database;
        this.accounts = accounts;
        this.passwordCheck = passwordCheck;
        this.secondFactors = secondFactors;
        this.challenges = challenges;
        this.limits = limits;
        this.refreshTokens = refreshTokens;
        this.accessTokens = accessTokens;
        this.settings = settings;
        this.clock = clock;
    }

    /// Begins a session, or asks for the second factor of an account that has one.
    ///
    /// @param identifier an e-mail address or a user name
    /// @throws ServiceException UNAUTHENTICATED with CREDENTIALS_INVALID; PERMISSION_DENIED with
    ///     ACCOUNT_NOT_ACTIVE; RESOURCE_EXHAUSTED with LOGIN_LIMITED
    public SignIn login(String identifier, String password, String deviceName) {
        return begin(identifier, password, deviceName)
                .or(() -> begin(identifier, password, deviceName))
                .orElseThrow(PasswordCheck::invalid);
    }

    /// Begins the session that waits for the second factor.
    ///
    /// @param code of the authenticator app, or a recovery code
    /// @throws ServiceException UNAUTHENTICATED with CODE_INVALID; PERMISSION_DENIED with
    ///     ACCOUNT_NOT_ACTIVE; RESOURCE_EXHAUSTED with LOGIN_LIMITED
    public Session complete(String challengeToken, String code) {
        var answer = database.transact(() -> answer(challengeToken, code));
        return switch (answer) {
            case Answer.Wrong wrong -> throw codeInvalid();
            case Answer.Right right -> {
                limits.succeeded(right.subject());
                yield open(right.granted());
            }
        };
    }

    /// Continues a session. Those who bring the same token at once are answered together.
    ///
    /// @throws ServiceException UNAUTHENTICATED with REFRESH_TOKEN_INVALID or REFRESH_TOKEN_REUSED;
    ///     PERMISSION_DENIED with ACCOUNT_NOT_ACTIVE
    public Session refresh(String refreshToken) {
        return refreshes.get(refreshToken, () -> exchange(refreshToken));
    }

    private Session exchange(String refreshToken) {
        var rotation = database.transact(() -> refreshTokens.rotate(refreshToken));
        return switch (rotation) {
            case RefreshResult.Granted granted -> open(granted);
            case RefreshResult.Invalid invalid ->
                throw Errors.unauthenticated(
                        ErrorReason.ERROR_REASON_REFRESH_TOKEN_INVALID, "the session has ended; sign in again");
            case RefreshResult.Reused reused -> {
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
        database.transact(() -> refreshTokens.end(refreshToken));
    }

    /// Empty when the password was replaced, by its owner or by a better hash of the same, after it
    /// proved right: the sessions of before it end, and this one must not outlive them.
    private Optional<SignIn> begin(String identifier, String password, String deviceName) {
        var proof = passwordCheck.prove(identifier, password);
        var begun = database.transact(() -> begin(proof, deviceName));
        // Behind the commit: reading the signing keys is a transaction of its own.
        return begun.map(Supplier::get);
    }

    private Optional<Supplier<SignIn>> begin(PasswordCheck.Proof proof, String deviceName) {
        var id = proof.credentials().accountId();
        if (accounts.lockUnchanged(id, proof.credentials().passwordHash()).isEmpty()) {
            return Optional.empty();
        }
        if (proof.betterHash() != null) {
            accounts.replaceHash(id, proof.credentials().passwordHash(), proof.betterHash());
        }
        if (secondFactors.isActive(id)) {
            accounts.find(id).orElseThrow().requireMaySignIn();
            var challenge = challenges.ask(id, deviceName);
            return Optional.of(() -> challenge);
        }
        accounts.recordLogin(id, clock.instant());
        return refreshTokens.begin(id, deviceName).map(granted -> () -> {
            limits.succeeded(proof.subject());
            return new SignIn.Begun(open(granted));
        });
    }

    /// The account is locked, so answers that come at once are counted one after the other.
    private Answer answer(String challengeToken, String code) {
        var asked = challenges.find(challengeToken);
        if (asked.isEmpty() || accounts.lock(asked.get().accountId()).isEmpty()) {
            return new Answer.Wrong();
        }
        var challenge = challenges.find(challengeToken);
        if (challenge.isEmpty()) {
            return new Answer.Wrong();
        }
        var id = challenge.get().accountId();
        var subject = limits.subject(id, "", CallScope.current().clientInfo().remoteAddress());
        limits.require(subject);
        if (!secondFactors.use(id, code)) {
            challenges.failed(challenge.get());
            limits.failed(subject);
            return new Answer.Wrong();
        }
        challenges.answered(challenge.get());
        accounts.recordLogin(id, clock.instant());
        return refreshTokens
                .begin(id, challenge.get().deviceName())
                .<Answer>map(granted -> new Answer.Right(granted, subject))
                .orElseGet(Answer.Wrong::new);
    }

    private Session open(RefreshResult.Granted granted) {
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant expires = now.plus(settings.accessTokenLife());
        var access =
                accessTokens.issue(granted.account(), granted.kept().familyId(), granted.rightsMillis(), now, expires);
        return new Session(
                granted.account(),
                access,
                expires,
                granted.token(),
                granted.kept().expiresAt());
    }

    static ServiceException codeInvalid() {
        return Errors.unauthenticated(ErrorReason.ERROR_REASON_CODE_INVALID, "the code is wrong, used or expired");
    }
}
