package org.aula.auth.session;

import java.time.Instant;
import java.util.UUID;
import org.aula.kernel.call.ClientInfo;

/// A session that can be continued, as its owner sees it.
///
/// @param clientInfo where it was used last
/// @param refreshedAt when its tokens were last exchanged, or when it began
/// @param expiresAt when it ends if it is not used
record ActiveSession(
        UUID id,
        UUID accountId,
        String deviceName,
        ClientInfo clientInfo,
        Instant beganAt,
        Instant refreshedAt,
        Instant expiresAt) {}
