package org.aula.auth.partner;

import com.github.f4b6a3.uuid.UuidCreator;
import com.google.common.hash.Hashing;
import io.micronaut.data.annotation.MappedEntity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.UUID;
import org.aula.auth.key.HmacTokens;
import org.jspecify.annotations.Nullable;

/// A row of `partner_secrets`: a secret by its hash. The secret itself is made of the row's id and the service's
/// own key, so that a repeated request is told the same one, although it is kept nowhere.
///
/// @param hash SHA-256 of the secret, which nobody guesses
/// @param lastUsedAt when a token was last asked for with it, or null
@MappedEntity("partner_secrets")
@SuppressWarnings("ArrayRecordComponent")
record PartnerSecret(
        UUID id,
        UUID partnerId,
        byte[] hash,
        Instant createdAt,
        @Nullable Instant lastUsedAt) {

    static PartnerSecret make(UUID partnerId, HmacTokens codes, Instant now) {
        var id = UuidCreator.getTimeOrderedEpoch();
        return new PartnerSecret(id, partnerId, hash(text(id, codes)), now, null);
    }

    /// The secret of a row.
    static String text(UUID id, HmacTokens codes) {
        return codes.code("partner secret", id.toString());
    }

    boolean is(String secret) {
        return MessageDigest.isEqual(hash, hash(secret));
    }

    private static byte[] hash(String secret) {
        return Hashing.sha256().hashString(secret, StandardCharsets.UTF_8).asBytes();
    }
}
