package org.aula.auth.key;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.time.Duration;

/// What `aula.auth` of the service's `application.yml` sets for signing keys.
///
/// @param accessTokenLife how long an access token is good
/// @param keyAnnouncedFor how long a new signing key is published before it signs; longer than any
///     process of this service keeps the keys it has read
/// @param keyMargin how much longer than its last token a key is published
/// @param retiredKeysKept how long the row of a key that verifies no more is kept, so that it can be told
///     which key a token was of
@ConfigurationProperties("aula.auth")
record KeySettings(Duration accessTokenLife, Duration keyAnnouncedFor, Duration keyMargin, Duration retiredKeysKept) {}
