package org.aula.auth.key;

import com.nimbusds.jose.jwk.ECKey;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import org.aula.kernel.postgres.Columns;
import org.jdbi.v3.core.Handle;

/// Rows of `signing_keys`. Private keys are sealed there; those of before that lie in clear are read
/// too, until [#sealClear] has sealed them.
@Singleton
final class SigningKeyRepository {

    private static final String PURPOSE = "signing key ";

    private final EncryptedSecrets seals;

    SigningKeyRepository(EncryptedSecrets seals) {
        this.seals = seals;
    }

    /// Holds others back from making or retiring keys until this transaction ends.
    void lock(Handle handle) {
        handle.execute("SELECT pg_advisory_xact_lock(hashtextextended('auth signing keys', 0))");
    }

    /// Keys that are not retired, the one that signs last first.
    List<SigningKey> findLiving(Handle handle, Instant now) {
        return handle.createQuery("""
                        SELECT kid, private_jwk, sealed_private_jwk, signs_at, retired_at FROM signing_keys
                        WHERE retired_at IS NULL OR retired_at > :now
                        ORDER BY signs_at DESC, created_at DESC, kid
                        """)
                .bind("now", now)
                .map((row, context) -> key(row))
                .list();
    }

    void insert(Handle handle, SigningKey key, Instant now) {
        handle.createUpdate("""
                        INSERT INTO signing_keys (kid, sealed_private_jwk, public_jwk, created_at, signs_at)
                        VALUES (:kid, :privateJwk, :publicJwk, :now, :signsAt)
                        """)
                .bind("kid", key.id())
                .bind("privateJwk", seal(key.id(), key.pair().toJSONString()))
                .bind("publicJwk", key.pair().toPublicJWK().toJSONString())
                .bind("now", now)
                .bind("signsAt", key.signsAt())
                .execute();
    }

    /// Lets every key but one retire at a moment, if it does not sooner.
    void retireOthers(Handle handle, String keyId, Instant at) {
        handle.createUpdate("""
                        UPDATE signing_keys SET retired_at = least(retired_at, :at) WHERE kid <> :kid
                        """).bind("kid", keyId).bind("at", at).execute();
    }

    void deleteRetired(Handle handle, Instant before) {
        handle.createUpdate("DELETE FROM signing_keys WHERE retired_at < :before")
                .bind("before", before)
                .execute();
    }

    boolean hasClear(Handle handle) {
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM signing_keys WHERE private_jwk IS NOT NULL)")
                .mapTo(Boolean.class)
                .one();
    }

    /// Seals the private keys that lie in clear.
    void encryptLegacyRows(Handle handle) {
        var update = handle.prepareBatch("""
                UPDATE signing_keys SET private_jwk = NULL, sealed_private_jwk = :sealed WHERE kid = :kid
                """);
        handle.createQuery("SELECT kid, private_jwk FROM signing_keys WHERE private_jwk IS NOT NULL")
                .map((row, context) -> List.of(row.getString("kid"), row.getString("private_jwk")))
                .forEach(clear -> update.bind("kid", clear.getFirst())
                        .bind("sealed", seal(clear.getFirst(), clear.getLast()))
                        .add());
        update.execute();
    }

    private byte[] seal(String keyId, String jwk) {
        return seals.seal(PURPOSE + keyId, jwk.getBytes(StandardCharsets.UTF_8));
    }

    private SigningKey key(ResultSet row) throws SQLException {
        var clear = row.getString("private_jwk");
        var jwk = clear == null
                ? new String(
                        seals.open(PURPOSE + row.getString("kid"), row.getBytes("sealed_private_jwk")),
                        StandardCharsets.UTF_8)
                : clear;
        return new SigningKey(parse(jwk), Columns.instant(row, "signs_at"), Columns.instantOrNull(row, "retired_at"));
    }

    private static ECKey parse(String jwk) {
        try {
            return ECKey.parse(jwk);
        } catch (ParseException broken) {
            throw new IllegalStateException("a signing key does not parse", broken);
        }
    }
}
