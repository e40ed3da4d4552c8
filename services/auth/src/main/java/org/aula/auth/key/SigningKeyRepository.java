package org.aula.auth.key;

import com.nimbusds.jose.jwk.ECKey;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Rows of `signing_keys`.
@Singleton
final class SigningKeyRepository {

    SigningKeyRepository() {}

    /// Holds other replicas back from making a key until this transaction ends.
    void lock(Handle handle) {
        handle.execute("SELECT pg_advisory_xact_lock(hashtextextended('auth signing keys', 0))");
    }

    /// Private keys that are not retired, newest first.
    List<ECKey> findLiving(Handle handle, Instant now) {
        return handle.createQuery("""
                        SELECT private_jwk FROM signing_keys
                        WHERE retired_at IS NULL OR retired_at > :now
                        ORDER BY created_at DESC, kid
                        """)
                .bind("now", now)
                .map((row, context) -> parse(row.getString("private_jwk")))
                .list();
    }

    void insert(Handle handle, ECKey key, Instant now) {
        handle.createUpdate("""
                        INSERT INTO signing_keys (kid, private_jwk, public_jwk, created_at)
                        VALUES (:kid, :privateJwk, :publicJwk, :now)
                        """)
                .bind("kid", key.getKeyID())
                .bind("privateJwk", key.toJSONString())
                .bind("publicJwk", key.toPublicJWK().toJSONString())
                .bind("now", now)
                .execute();
    }

    private static ECKey parse(String jwk) {
        try {
            return ECKey.parse(jwk);
        } catch (ParseException broken) {
            throw new IllegalStateException("a signing key does not parse", broken);
        }
    }
}
