package org.aula.auth.session;

import org.aula.api.auth.v1.TokenPair;
import org.aula.auth.account.AccountProtos;

/// Sessions as messages.
public final class SessionProtos {

    private SessionProtos() {}

    /// The tokens of a session.
    public static TokenPair toProto(Session session) {
        return TokenPair.newBuilder()
                .setAccessToken(session.accessToken())
                .setAccessTokenExpireTime(AccountProtos.toProto(session.accessTokenExpires()))
                .setRefreshToken(session.refreshToken())
                .setRefreshTokenExpireTime(AccountProtos.toProto(session.refreshTokenExpires()))
                .build();
    }
}
