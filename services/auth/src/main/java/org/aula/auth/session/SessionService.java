package org.aula.auth.session;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Database;
import org.jspecify.annotations.Nullable;

/// Sessions as their owners see and end them; each end that was asked for has its entry in the audit log.
@Singleton
final class SessionService {

    private final RefreshTokenRepository repository;
    private final SessionEnding ending;
    private final Database database;
    private final Audit audit;
    private final Clock clock;

    SessionService(
            RefreshTokenRepository repository, SessionEnding ending, Database database, Audit audit, Clock clock) {
        this.repository = repository;
        this.ending = ending;
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /// The last tokens of the living sessions of an account, the last used first.
    List<RefreshToken> list(UUID accountId) {
        return database.query(() -> repository.findLiving(accountId, clock.instant()));
    }

    /// The last token of a session that lives.
    ///
    /// @throws ServiceException NOT_FOUND with SESSION_NOT_FOUND, also for those of other people
    RefreshToken find(UUID sessionId) {
        return database.query(() -> repository.findLiving(requireOwn(sessionId), clock.instant()).stream()
                .filter(last -> last.familyId().equals(sessionId))
                .findFirst()
                .orElseThrow(SessionService::notFound));
    }

    /// Ends a session. Nothing happens when it had ended before.
    ///
    /// @throws ServiceException NOT_FOUND with SESSION_NOT_FOUND, also for those of other people
    void revoke(UUID sessionId) {
        database.transact(() -> {
            if (ending.end(requireOwn(sessionId), sessionId)) {
                audit.recordAction("session", sessionId);
            } else {
                audit.nothing();
            }
        });
    }

    /// Ends the sessions of an account.
    ///
    /// @param kept the session that goes on; null for none
    /// @return how many ended
    int revokeAll(UUID accountId, @Nullable UUID kept) {
        return database.transact(() -> {
            var ended = kept == null ? ending.endAll(accountId) : ending.endAllExcept(accountId, kept);
            // Also when there was none: that somebody asked for it is worth knowing.
            audit.recordAction("user", accountId);
            return ended;
        });
    }

    /// Whose session it is. Of other people's sessions nobody learns whether they exist.
    private UUID requireOwn(UUID sessionId) {
        var scope = CallScope.current();
        var owner = repository
                .findAccount(sessionId)
                .filter(account -> scope.seesAll() || scope.caller().is(account))
                .orElseThrow(SessionService::notFound);
        scope.requireOwner(owner);
        return owner;
    }

    private static ServiceException notFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_SESSION_NOT_FOUND, "session not found");
    }
}
