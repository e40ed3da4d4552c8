package org.aula.auth.partner;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.TextArray;
import org.jspecify.annotations.Nullable;

/// Rows of `partners` and `partner_assertions`.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface PartnerRepository extends GenericRepository<Partner, UUID> {

    String SELECT = "SELECT id, name, scopes, jwks, created_at, last_used_at, revoked_at FROM partners ";

    @Query("""
            INSERT INTO partners (id, name, scopes, jwks, created_at)
            VALUES (:id, :name, :scopes, :jwks, :createdAt)
            """)
    void insert(Partner partner);

    @Query(SELECT + "WHERE id = :id")
    Optional<Partner> find(UUID id);

    /// Keeps others from changing it until the end of the transaction. The last condition tells Micronaut Data
    /// that this reads.
    @Query(SELECT + "WHERE id = :id AND 'for update' <> '' FOR NO KEY UPDATE")
    Optional<Partner> lock(UUID id);

    /// The newest first.
    ///
    /// @param after the last one of the page before; null for the first page
    @Query(SELECT + """
            WHERE CAST(:after AS uuid) IS NULL OR id < CAST(:after AS uuid)
            ORDER BY id DESC LIMIT :most
            """)
    List<Partner> list(@Nullable UUID after, int most);

    @Query("UPDATE partners SET jwks = :jwks WHERE id = :id")
    void setKeys(UUID id, String jwks);

    @Query("UPDATE partners SET revoked_at = :now, jwks = NULL WHERE id = :id")
    void revoke(UUID id, Instant now);

    @Query("UPDATE partners SET last_used_at = :now WHERE id = :id")
    void used(UUID id, Instant now);

    /// Those of these names that are permissions.
    @Query("SELECT name FROM permissions WHERE name = ANY (:names)")
    List<String> findPermissionNames(@TextArray List<String> names);

    /// Notes that an assertion was used.
    ///
    /// @return 0 when it was used before
    @Query("""
            INSERT INTO partner_assertions (partner_id, jti, expires_at) VALUES (:partnerId, :jti, :expiresAt)
            ON CONFLICT DO NOTHING
            """)
    int useAssertion(UUID partnerId, String jti, Instant expiresAt);

    /// Forgets assertions that are past their time, and so good for nothing.
    @Query("DELETE FROM partner_assertions WHERE partner_id = :partnerId AND expires_at <= :now")
    void forgetAssertions(UUID partnerId, Instant now);
}
