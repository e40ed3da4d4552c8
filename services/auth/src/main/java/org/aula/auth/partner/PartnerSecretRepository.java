package org.aula.auth.partner;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.aula.kernel.postgres.UuidArray;

/// Rows of `partner_secrets`.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface PartnerSecretRepository extends GenericRepository<PartnerSecret, UUID> {

    @Query("""
            INSERT INTO partner_secrets (id, partner_id, hash, created_at)
            VALUES (:id, :partnerId, :hash, :createdAt)
            """)
    void insert(PartnerSecret secret);

    /// Those of these partners, the newest first.
    @Query("""
            SELECT id, partner_id, hash, created_at, last_used_at FROM partner_secrets
            WHERE partner_id = ANY (:partnerIds) ORDER BY id DESC
            """)
    List<PartnerSecret> list(@UuidArray List<UUID> partnerIds);

    /// Ends all but the newest.
    ///
    /// @param kept how many go on
    @Query("""
            DELETE FROM partner_secrets
            WHERE partner_id = :partnerId
              AND id NOT IN (SELECT id FROM partner_secrets WHERE partner_id = :partnerId ORDER BY id DESC LIMIT :kept)
            """)
    void endOlder(UUID partnerId, int kept);

    @Query("UPDATE partner_secrets SET last_used_at = :now WHERE id = :id")
    void used(UUID id, Instant now);
}
