package org.aula.auth.session;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.auth.v1.GetSessionRequest;
import org.aula.api.auth.v1.GetSessionResponse;
import org.aula.api.auth.v1.ListSessionsRequest;
import org.aula.api.auth.v1.ListSessionsResponse;
import org.aula.api.auth.v1.RevokeAllSessionsRequest;
import org.aula.api.auth.v1.RevokeAllSessionsResponse;
import org.aula.api.auth.v1.RevokeSessionRequest;
import org.aula.api.auth.v1.RevokeSessionResponse;
import org.aula.api.auth.v1.SessionServiceHandler;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.call.Caller;
import org.jspecify.annotations.Nullable;

/// `aula.auth.v1.SessionService`.
@Singleton
final class SessionGrpcService extends SessionServiceHandler {

    private final SessionService sessions;

    SessionGrpcService(SessionService sessions) {
        this.sessions = sessions;
    }

    @Override
    protected ListSessionsResponse listSessions(ListSessionsRequest request) {
        var id = UUID.fromString(request.getUserId());
        CallScope.current().requireOwner(id);
        var current = currentSession();
        return ListSessionsResponse.newBuilder()
                .addAllSessions(sessions.list(id).stream()
                        .map(last -> SessionMapper.toProto(last, current))
                        .toList())
                .build();
    }

    @Override
    protected GetSessionResponse getSession(GetSessionRequest request) {
        var last = sessions.find(UUID.fromString(request.getSessionId()));
        return GetSessionResponse.newBuilder()
                .setSession(SessionMapper.toProto(last, currentSession()))
                .build();
    }

    @Override
    protected RevokeSessionResponse revokeSession(RevokeSessionRequest request) {
        sessions.revoke(UUID.fromString(request.getSessionId()));
        return RevokeSessionResponse.getDefaultInstance();
    }

    @Override
    protected RevokeAllSessionsResponse revokeAllSessions(RevokeAllSessionsRequest request) {
        var id = UUID.fromString(request.getUserId());
        CallScope.current().requireOwner(id);
        var count = sessions.revokeAll(id, request.getKeepCurrent() ? currentSession() : null);
        return RevokeAllSessionsResponse.newBuilder().setRevokedCount(count).build();
    }

    private static @Nullable UUID currentSession() {
        return CallScope.current().caller() instanceof Caller.User user ? user.sessionId() : null;
    }
}
