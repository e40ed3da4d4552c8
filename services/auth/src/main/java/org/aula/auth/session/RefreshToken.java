package org.aula.auth.session;

import io.micronaut.data.annotation.MappedEntity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One refresh token as it is kept: by its hash, in a family that is one session of one device.
///
/// @param tokenHash SHA-256 of the token
/// @param remoteAddress where it was given, see [org.aula.kernel.call.ClientInfo]
/// @param sessionBeganAt when the first token of the family was given
/// @param usedAt null until it was exchanged for its successor
/// @param revokedAt null while its session lasts
@MappedEntity("refresh_tokens")
@SuppressWarnings("ArrayRecordComponent")
record RefreshToken(
        UUID id,
        UUID accountId,
        UUID familyId,
        byte[] tokenHash,
        String deviceName,
        String remoteAddress,
        String userAgent,
        Instant sessionBeganAt,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant usedAt,
        @Nullable Instant revokedAt,
        @Nullable UUID successorId) {

    boolean isRevoked() {
        return revokedAt != null;
    }

    boolean isExpired(Instant now) {
        return !now.isBefore(expiresAt);
    }

    /// Whether this is the token of a text.
    boolean isOf(String token) {
        return MessageDigest.isEqual(tokenHash, hash(token));
    }

    /// What is kept of a token.
    static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
