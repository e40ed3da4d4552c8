package org.aula.auth.session;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.UUID;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.api.auth.v1.ListSessionsRequest;
import org.aula.api.auth.v1.ListSessionsResponse;
import org.aula.api.auth.v1.RevokeAllSessionsRequest;
import org.aula.api.auth.v1.RevokeAllSessionsResponse;
import org.aula.api.auth.v1.RevokeSessionRequest;
import org.aula.api.auth.v1.RevokeSessionResponse;
import org.aula.api.auth.v1.SessionServiceHandler;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.call.Caller;
import org.aula.kernel.error.Errors;
import org.aula.kernel.postgres.Database;
import org.jspecify.annotations.Nullable;

/// `aula.auth.v1.SessionService`.
@Singleton
final class SessionGrpcService extends SessionServiceHandler {

    private final RefreshTokenRepository repository;
    private final SessionEnding ending;
    private final Database database;
    private final Audit audit;
    private final Clock clock;

    SessionGrpcService(
            RefreshTokenRepository repository, SessionEnding ending, Database database, Audit audit, Clock clock) {
        this.repository = repository;
        this.ending = ending;
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    protected ListSessionsResponse listSessions(ListSessionsRequest request) {
        var id = UUID.fromString(request.getUserId());
        CallScope.current().requireOwner(id);
        var sessions = database.query(() -> repository.findLiving(id, clock.instant()));
        var current = currentSession();
        return ListSessionsResponse.newBuilder()
                .addAllSessions(sessions.stream()
                        .map(last -> SessionMapper.toProto(last, current))
                        .toList())
                .build();
    }

    @Override
    protected RevokeSessionResponse revokeSession(RevokeSessionRequest request) {
        var session = UUID.fromString(request.getSessionId());
        database.transact(() -> {
            if (ending.end(requireOwn(session), session)) {
                audit.recordAction("session", session);
            } else {
                // It had ended before.
                audit.nothing();
            }
        });
        return RevokeSessionResponse.getDefaultInstance();
    }

    @Override
    protected RevokeAllSessionsResponse revokeAllSessions(RevokeAllSessionsRequest request) {
        var id = UUID.fromString(request.getUserId());
        CallScope.current().requireOwner(id);
        var current = request.getKeepCurrent() ? currentSession() : null;
        int count = database.transact(() -> {
            var ended = current == null ? ending.endAll(id) : ending.endAllExcept(id, current);
            // Also when there was none: that somebody asked for it is worth knowing.
            audit.recordAction("user", id);
            return ended;
        });
        return RevokeAllSessionsResponse.newBuilder().setRevokedCount(count).build();
    }

    /// Whose session it is. Of other people's sessions nobody learns whether they exist.
    private UUID requireOwn(UUID session) {
        var scope = CallScope.current();
        var owner = repository
                .findAccount(session)
                .filter(account -> scope.seesAll() || scope.caller().is(account))
                .orElseThrow(() -> Errors.notFound(ErrorReason.ERROR_REASON_SESSION_NOT_FOUND, "session not found"));
        scope.requireOwner(owner);
        return owner;
    }

    private static @Nullable UUID currentSession() {
        return CallScope.current().caller() instanceof Caller.User user ? user.sessionId() : null;
    }
}
