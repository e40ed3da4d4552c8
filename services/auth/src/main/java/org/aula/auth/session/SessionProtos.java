package org.aula.auth.session;

import org.aula.api.auth.v1.TokenPair;
import org.aula.kernel.time.Times;

/// Sessions as messages.
public final class SessionProtos {

    private SessionProtos() {}

    /// The tokens of a session.
    public static TokenPair toProto(Session session) {
        return TokenPair.newBuilder()
                .setAccessToken(session.accessToken())
                .setAccessTokenExpireTime(Times.timestamp(session.accessTokenExpires()))
                .setRefreshToken(session.refreshToken())
                .setRefreshTokenExpireTime(Times.timestamp(session.refreshTokenExpires()))
                .build();
    }
}
