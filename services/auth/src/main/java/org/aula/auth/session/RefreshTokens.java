package org.aula.auth.session;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.aula.auth.account.Account;
import org.aula.auth.account.AccountRepository;
import org.aula.auth.key.SecretCodes;
import org.aula.kernel.identity.CallScope;
import org.jdbi.v3.core.Handle;

/// Refresh tokens: 32 bytes as base64url, kept as SHA-256 only, each good for one exchange.
///
/// The first of a session is random; each successor is a code of the one before, which only this
/// service can make. So a token that was just used can give the same successor once more, although
/// no token is kept in clear.
@Singleton
final class RefreshTokens {

    private static final int TOKEN_BYTES = 32;
    private static final String PURPOSE = "refresh";

    /// Tokens past their time are kept this long, so that their use still ends a session that goes
    /// on.
    private static final Duration KEPT_EXPIRED = Duration.ofDays(7);

    private final RefreshTokenRepository repository;
    private final AccountRepository accounts;
    private final SecretCodes codes;
    private final SessionSettings settings;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    RefreshTokens(
            RefreshTokenRepository repository,
            AccountRepository accounts,
            SecretCodes codes,
            SessionSettings settings,
            Clock clock) {
        this.repository = repository;
        this.accounts = accounts;
        this.codes = codes;
        this.settings = settings;
        this.clock = clock;
    }

    /// The first token of a new session.
    Rotation.Granted begin(Handle handle, Account account, String deviceName) {
        var bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        var kept = keep(
                handle,
                token,
                UuidCreator.getTimeOrderedEpoch(),
                account,
                UuidCreator.getTimeOrderedEpoch(),
                deviceName);
        repository.deleteExpired(handle, account.id(), clock.instant().minus(KEPT_EXPIRED));
        return new Rotation.Granted(account, token, kept);
    }

    /// Exchanges a token for its successor.
    ///
    /// @throws org.aula.kernel.error.ServiceException PERMISSION_DENIED with ACCOUNT_NOT_ACTIVE
    Rotation rotate(Handle handle, String token) {
        var hash = RefreshToken.hash(token);
        var found = repository.findByHash(handle, hash);
        if (found.isEmpty()) {
            return new Rotation.Invalid();
        }
        repository.lockFamily(handle, found.get().familyId());
        var now = clock.instant();
        var presented = repository.findByHash(handle, hash);
        if (presented.isEmpty() || presented.get().isRevoked()) {
            return new Rotation.Invalid();
        }
        return presented.get().usedAt() == null
                ? spend(handle, token, presented.get(), now)
                : again(handle, token, presented.get(), presented.get().usedAt(), now);
    }

    /// Ends the session of a token, if there is one.
    void end(Handle handle, String token) {
        repository.findByHash(handle, RefreshToken.hash(token)).ifPresent(found -> {
            repository.lockFamily(handle, found.familyId());
            repository.revokeFamily(handle, found.familyId(), clock.instant());
        });
    }

    private Rotation spend(Handle handle, String token, RefreshToken presented, Instant now) {
        var account = accounts.find(handle, presented.accountId());
        if (presented.isExpired(now) || account.isEmpty()) {
            return new Rotation.Invalid();
        }
        account.get().requireMaySignIn();
        var successorId = UuidCreator.getTimeOrderedEpoch();
        if (!repository.spend(handle, presented.id(), successorId, now)) {
            return new Rotation.Invalid();
        }
        var successor = codes.code(PURPOSE, token);
        var kept = keep(handle, successor, successorId, account.get(), presented.familyId(), presented.deviceName());
        return new Rotation.Granted(account.get(), successor, kept);
    }

    /// A token that was used already: the same successor for a moment, since its answer may have
    /// been lost; then a sign that two hold it.
    private Rotation again(Handle handle, String token, RefreshToken presented, Instant usedAt, Instant now) {
        if (now.isAfter(usedAt.plus(settings.refreshAgainWithin()))) {
            repository.revokeFamily(handle, presented.familyId(), now);
            return new Rotation.Reused(presented.accountId(), presented.familyId());
        }
        var successor = codes.code(PURPOSE, token);
        var kept = presented.successorId() == null
                ? null
                : repository.findById(handle, presented.successorId()).orElse(null);
        var account = accounts.find(handle, presented.accountId());
        if (kept == null || !kept.isOf(successor) || kept.isExpired(now) || account.isEmpty()) {
            return new Rotation.Invalid();
        }
        account.get().requireMaySignIn();
        return new Rotation.Granted(account.get(), successor, kept);
    }

    private RefreshToken keep(Handle handle, String token, UUID id, Account account, UUID familyId, String deviceName) {
        var now = clock.instant();
        var kept = new RefreshToken(
                id,
                account.id(),
                familyId,
                RefreshToken.hash(token),
                deviceName,
                CallScope.current().origin(),
                now,
                now.plus(settings.refreshTokenLife()),
                null,
                null,
                null);
        repository.insert(handle, kept);
        return kept;
    }
}
