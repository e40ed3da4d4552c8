package org.aula.auth.session;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.time.Duration;

/// What `aula.auth` of the service's `application.yml` sets.
///
/// @param accessTokenLife how long an access token is good
/// @param refreshTokenLife how long a refresh token is good if it is not used
/// @param refreshAgainWithin how long after its use a refresh token gives its successor once more
/// @param loginChallengeLife how long the question for the second factor may be answered
/// @param loginWindow the time over which failed attempts are counted, from the first
/// @param loginFailuresPerAccount failed attempts after which an account waits for the window's end
/// @param loginFailuresPerAddress failed attempts after which an address waits for the window's end
/// @param expiredRefreshTokensKept how long refresh tokens past their time are kept, so that their use still
///     ends a session that goes on
@ConfigurationProperties("aula.auth")
record SessionSettings(
        Duration accessTokenLife,
        Duration refreshTokenLife,
        Duration refreshAgainWithin,
        Duration loginChallengeLife,
        Duration loginWindow,
        int loginFailuresPerAccount,
        int loginFailuresPerAddress,
        Duration expiredRefreshTokensKept) {}
