package org.aula.auth.session;

import java.util.UUID;
import org.aula.api.auth.v1.LoginChallenge;
import org.aula.api.auth.v1.TokenPair;
import org.aula.kernel.time.Times;
import org.jspecify.annotations.Nullable;

/// Sessions as messages.
public final class SessionMapper {

    private SessionMapper() {}

    /// The tokens of a session.
    public static TokenPair toProto(Session session) {
        return TokenPair.newBuilder()
                .setAccessToken(session.accessToken())
                .setAccessTokenExpireTime(Times.timestamp(session.accessTokenExpires()))
                .setRefreshToken(session.refreshToken())
                .setRefreshTokenExpireTime(Times.timestamp(session.refreshTokenExpires()))
                .build();
    }

    /// The question for the second factor.
    public static LoginChallenge toProto(SignIn.Challenged challenge) {
        return LoginChallenge.newBuilder()
                .setChallengeToken(challenge.token())
                .setExpireTime(Times.timestamp(challenge.expiresAt()))
                .build();
    }

    /// A session as its owner sees it.
    ///
    /// @param last its token that was not used yet
    /// @param current the session of the call that asks, if it has one
    static org.aula.api.auth.v1.Session toProto(RefreshToken last, @Nullable UUID current) {
        return org.aula.api.auth.v1.Session.newBuilder()
                .setId(last.familyId().toString())
                .setUserId(last.accountId().toString())
                .setDeviceName(last.deviceName())
                .setIpAddress(last.remoteAddress())
                .setUserAgent(last.userAgent())
                .setCurrent(last.familyId().equals(current))
                .setCreateTime(Times.timestamp(last.sessionBeganAt()))
                .setLastRefreshTime(Times.timestamp(last.createdAt()))
                .setExpireTime(Times.timestamp(last.expiresAt()))
                .build();
    }
}
