package org.aula.auth.key;

import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows of `signing_keys`.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface SigningKeyRepository extends GenericRepository<SigningKeyRepository.Row, String> {

    /// Keys; conditions follow.
    String SELECT = """
            SELECT kid, private_jwk, coalesce(sealed_private_jwk, '') AS sealed_private_jwk, signs_at, retired_at
            FROM signing_keys
            """;

    /// A key as it is kept.
    ///
    /// @param privateJwk the private key in clear, as rows of before have it; null where it is sealed
    /// @param sealedPrivateJwk empty where it is in clear
    @MappedEntity("signing_keys")
    @SuppressWarnings("ArrayRecordComponent")
    record Row(
            String kid,
            @Nullable String privateJwk,
            byte[] sealedPrivateJwk,
            Instant signsAt,
            @Nullable Instant retiredAt) {}

    /// Holds others back from making or retiring keys until this transaction ends.
    @Query("SELECT CAST(pg_advisory_xact_lock(hashtextextended('auth signing keys', 0)) AS text)")
    String lock();

    /// Keys that are not retired, the one that signs last first.
    @Query(SELECT + """
            WHERE retired_at IS NULL OR retired_at > :now
            ORDER BY signs_at DESC, created_at DESC, kid
            """)
    List<Row> findLiving(Instant now);

    @Query("""
            INSERT INTO signing_keys (kid, sealed_private_jwk, public_jwk, created_at, signs_at)
            VALUES (:kid, :sealedPrivateJwk, :publicJwk, :now, :signsAt)
            """)
    void insert(String kid, byte[] sealedPrivateJwk, String publicJwk, Instant now, Instant signsAt);

    /// Lets every key but one retire at a moment, if it does not sooner.
    @Query("UPDATE signing_keys SET retired_at = least(retired_at, :at) WHERE kid <> :kid")
    void retireOthers(String kid, Instant at);

    @Query("DELETE FROM signing_keys WHERE retired_at < :before")
    void deleteRetired(Instant before);

    @Query("SELECT EXISTS (SELECT 1 FROM signing_keys WHERE private_jwk IS NOT NULL)")
    boolean hasClear();

    /// Keys whose private part lies in clear.
    @Query(SELECT + "WHERE private_jwk IS NOT NULL")
    List<Row> findClear();

    /// Puts the sealed private part in the place of the one in clear.
    @Query("UPDATE signing_keys SET private_jwk = NULL, sealed_private_jwk = :sealedPrivateJwk WHERE kid = :kid")
    void seal(String kid, byte[] sealedPrivateJwk);
}
