package org.aula.auth.partner;

import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.aula.kernel.postgres.TextArray;
import org.jspecify.annotations.Nullable;

/// A row of `partners`.
///
/// @param scopes names of permissions
/// @param jwks public keys (RFC 7517), or null for none
/// @param lastUsedAt when it was given its last token, or null
/// @param revokedAt null while it may ask for tokens
@MappedEntity("partners")
record Partner(
        UUID id,
        String name,
        @TextArray List<String> scopes,
        @Nullable String jwks,
        Instant createdAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt) {

    boolean isRevoked() {
        return revokedAt != null;
    }

    Partner with(@Nullable String keys) {
        return new Partner(id, name, scopes, keys, createdAt, lastUsedAt, revokedAt);
    }

    Partner revoked(Instant now) {
        return new Partner(id, name, scopes, jwks, createdAt, lastUsedAt, now);
    }

    /// What its place in the list is told by.
    List<String> sortKey() {
        return List.of(id.toString());
    }
}
