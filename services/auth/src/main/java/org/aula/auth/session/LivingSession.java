package org.aula.auth.session;

import java.time.Instant;
import java.util.UUID;
import org.aula.kernel.call.Origin;

/// A session that can be continued, as its owner sees it.
///
/// @param origin where it was used last
/// @param refreshedAt when its tokens were last exchanged, or when it began
/// @param expiresAt when it ends if it is not used
record LivingSession(
        UUID id,
        UUID accountId,
        String deviceName,
        Origin origin,
        Instant beganAt,
        Instant refreshedAt,
        Instant expiresAt) {}
