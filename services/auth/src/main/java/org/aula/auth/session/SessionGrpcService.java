package org.aula.auth.session;

import io.grpc.stub.StreamObserver;
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
import org.aula.api.auth.v1.SessionServiceGrpc;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.call.Caller;
import org.aula.kernel.error.Errors;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.server.Replies;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// `aula.auth.v1.SessionService`.
@Singleton
final class SessionGrpcService extends SessionServiceGrpc.SessionServiceImplBase {

    private final RefreshTokenRepository repository;
    private final SessionEnding ending;
    private final Transactions transactions;
    private final Audit audit;
    private final Clock clock;

    SessionGrpcService(
            RefreshTokenRepository repository,
            SessionEnding ending,
            Transactions transactions,
            Audit audit,
            Clock clock) {
        this.repository = repository;
        this.ending = ending;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public void listSessions(ListSessionsRequest request, StreamObserver<ListSessionsResponse> observer) {
        var id = UUID.fromString(request.getUserId());
        CallScope.current().requireOwner(id);
        var sessions = transactions.read(handle -> repository.findLiving(handle, id, clock.instant()));
        var current = currentSession();
        Replies.send(
                observer,
                ListSessionsResponse.newBuilder()
                        .addAllSessions(sessions.stream()
                                .map(session -> SessionMapper.toProto(session, current))
                                .toList())
                        .build());
    }

    @Override
    public void revokeSession(RevokeSessionRequest request, StreamObserver<RevokeSessionResponse> observer) {
        var session = UUID.fromString(request.getSessionId());
        transactions.writeVoid(handle -> {
            if (ending.end(handle, requireOwn(handle, session), session)) {
                audit.record(handle, "session", session, null, null);
            } else {
                // It had ended before.
                audit.nothing();
            }
        });
        Replies.send(observer, RevokeSessionResponse.getDefaultInstance());
    }

    @Override
    public void revokeAllSessions(
            RevokeAllSessionsRequest request, StreamObserver<RevokeAllSessionsResponse> observer) {
        var id = UUID.fromString(request.getUserId());
        CallScope.current().requireOwner(id);
        var current = request.getKeepCurrent() ? currentSession() : null;
        int count = transactions.write(handle -> {
            var ended = current == null ? ending.endAll(handle, id) : ending.endAllExcept(handle, id, current);
            // Also when there was none: that somebody asked for it is worth knowing.
            audit.record(handle, "user", id, null, null);
            return ended;
        });
        Replies.send(
                observer,
                RevokeAllSessionsResponse.newBuilder().setRevokedCount(count).build());
    }

    /// Whose session it is. Of other people's sessions nobody learns whether they exist.
    private UUID requireOwn(Handle handle, UUID session) {
        var scope = CallScope.current();
        var owner = repository
                .findAccount(handle, session)
                .filter(account -> scope.seesAll() || scope.caller().is(account))
                .orElseThrow(
                        () -> Errors.notFound(ErrorReason.ERROR_REASON_SESSION_NOT_FOUND, "no such session of yours"));
        scope.requireOwner(owner);
        return owner;
    }

    private static @Nullable UUID currentSession() {
        return CallScope.current().caller() instanceof Caller.User user ? user.sessionId() : null;
    }
}
