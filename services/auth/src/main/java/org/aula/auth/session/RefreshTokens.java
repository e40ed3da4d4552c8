package org.aula.auth.session;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.aula.auth.access.RightsLockRepository;
import org.aula.auth.account.Account;
import org.aula.auth.account.AccountRepository;
import org.aula.auth.key.HmacTokens;
import org.aula.kernel.call.CallScope;

/// Refresh tokens: 32 bytes as base64url, kept as SHA-256 only, each good for one exchange.
///
/// The first of a session is random; each successor is a code of the one before, which only this
/// service can make. So a token that was just used can give the same successor once more, although
/// no token is kept in clear.
@Singleton
final class RefreshTokens {

    private static final int MAX_SESSIONS = 100;
    private static final String PURPOSE = "refresh";

    private final RefreshTokenRepository repository;
    private final AccountRepository accounts;
    private final RightsLockRepository rights;
    private final SessionEnding ending;
    private final SessionEvents events;
    private final HmacTokens codes;
    private final SessionSettings settings;
    private final Clock clock;

    RefreshTokens(
            RefreshTokenRepository repository,
            AccountRepository accounts,
            RightsLockRepository rights,
            SessionEnding ending,
            SessionEvents events,
            HmacTokens codes,
            SessionSettings settings,
            Clock clock) {
        this.repository = repository;
        this.accounts = accounts;
        this.rights = rights;
        this.ending = ending;
        this.events = events;
        this.codes = codes;
        this.settings = settings;
        this.clock = clock;
    }

    /// The first token of a new session. The account must be locked. Beyond a hundred sessions the one
    /// that was not used for the longest time ends.
    ///
    /// @throws org.aula.kernel.error.ServiceException PERMISSION_DENIED with ACCOUNT_NOT_ACTIVE
    Optional<RefreshResult.Granted> begin(UUID accountId, String deviceName) {
        var rightsMillis = rights.beginReading();
        var account = accounts.find(accountId);
        if (account.isEmpty()) {
            return Optional.empty();
        }
        account.get().requireMaySignIn();
        var now = clock.instant();
        repository.findSurplus(accountId, MAX_SESSIONS - 1, now).forEach(session -> ending.end(accountId, session));
        repository.deleteExpired(accountId, now.minus(settings.expiredRefreshTokensKept()));
        var token = RandomToken.next();
        var kept = keep(
                token,
                UuidCreator.getTimeOrderedEpoch(),
                account.get(),
                UuidCreator.getTimeOrderedEpoch(),
                deviceName,
                now);
        return Optional.of(new RefreshResult.Granted(account.get(), rightsMillis, token, kept));
    }

    /// Exchanges a token for its successor.
    ///
    /// @throws org.aula.kernel.error.ServiceException PERMISSION_DENIED with ACCOUNT_NOT_ACTIVE
    RefreshResult rotate(String token) {
        var hash = RefreshToken.hash(token);
        var found = repository.findByHash(hash);
        if (found.isEmpty()) {
            return new RefreshResult.Invalid();
        }
        var rightsMillis = rights.beginReading();
        repository.lockFamily(found.get().familyId());
        var now = clock.instant();
        var presented = repository.findByHash(hash);
        if (presented.isEmpty() || presented.get().isRevoked()) {
            return new RefreshResult.Invalid();
        }
        return presented.get().usedAt() == null
                ? spend(token, presented.get(), rightsMillis, now)
                : again(token, presented.get(), presented.get().usedAt(), rightsMillis, now);
    }

    /// Ends the session of a token, if there is one.
    void end(String token) {
        repository
                .findByHash(RefreshToken.hash(token))
                .ifPresent(found -> ending.end(found.accountId(), found.familyId()));
    }

    private RefreshResult spend(String token, RefreshToken presented, long rightsMillis, Instant now) {
        var account = accounts.find(presented.accountId());
        if (presented.isExpired(now) || account.isEmpty()) {
            return new RefreshResult.Invalid();
        }
        account.get().requireMaySignIn();
        var successorId = UuidCreator.getTimeOrderedEpoch();
        if (repository.spend(presented.id(), successorId, now) == 0) {
            return new RefreshResult.Invalid();
        }
        var successor = codes.code(PURPOSE, token);
        var kept = keep(
                successor,
                successorId,
                account.get(),
                presented.familyId(),
                presented.deviceName(),
                presented.sessionBeganAt());
        return new RefreshResult.Granted(account.get(), rightsMillis, successor, kept);
    }

    /// A token that was used already: the same successor for a moment, since its answer may have
    /// been lost. After that, or once the successor was used too, it is a sign that two hold it.
    private RefreshResult again(String token, RefreshToken presented, Instant usedAt, long rightsMillis, Instant now) {
        var kept = presented.successorId() == null
                ? null
                : repository.findById(presented.successorId()).orElse(null);
        var isSpent = kept != null && kept.usedAt() != null;
        if (isSpent || now.isAfter(usedAt.plus(settings.refreshAgainWithin()))) {
            ending.end(presented.accountId(), presented.familyId());
            events.refreshTokenReused(presented.accountId(), presented.familyId());
            return new RefreshResult.Reused(presented.accountId(), presented.familyId());
        }
        var successor = codes.code(PURPOSE, token);
        var account = accounts.find(presented.accountId());
        if (kept == null || !kept.isOf(successor) || kept.isExpired(now) || account.isEmpty()) {
            return new RefreshResult.Invalid();
        }
        account.get().requireMaySignIn();
        return new RefreshResult.Granted(account.get(), rightsMillis, successor, kept);
    }

    private RefreshToken keep(
            String token, UUID id, Account account, UUID familyId, String deviceName, Instant sessionBeganAt) {
        var now = clock.instant();
        var client = CallScope.current().clientInfo();
        var kept = new RefreshToken(
                id,
                account.id(),
                familyId,
                RefreshToken.hash(token),
                deviceName,
                client.remoteAddress(),
                client.userAgent(),
                sessionBeganAt,
                now,
                now.plus(settings.refreshTokenLife()),
                null,
                null,
                null);
        repository.insert(kept);
        return kept;
    }
}
