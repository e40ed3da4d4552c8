package org.aula.auth.session;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Rows of `refresh_tokens`.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface RefreshTokenRepository extends GenericRepository<RefreshToken, UUID> {

    String SELECT = """
            SELECT id, account_id, family_id, token_hash, device_name, coalesce(host(ip_address), '') AS remote_address,
                   user_agent, coalesce(session_began_at, created_at) AS session_began_at, created_at, expires_at,
                   used_at, revoked_at, successor_id
            FROM refresh_tokens
            """;

    /// Tokens of an account's living sessions.
    String LIVING = """
            WHERE account_id = :accountId AND used_at IS NULL AND revoked_at IS NULL AND expires_at > :now
            """;

    @Query("""
            INSERT INTO refresh_tokens
                (id, account_id, family_id, token_hash, device_name, ip_address, user_agent,
                 session_began_at, created_at, expires_at)
            VALUES (:id, :accountId, :familyId, :tokenHash, :deviceName, CAST(nullif(:remoteAddress, '') AS inet),
                    :userAgent, :sessionBeganAt, :createdAt, :expiresAt)
            """)
    void insert(RefreshToken token);

    @Query(SELECT + "WHERE token_hash = :tokenHash")
    Optional<RefreshToken> findByHash(byte[] tokenHash);

    @Query(SELECT + "WHERE id = :id")
    Optional<RefreshToken> findById(UUID id);

    /// Lets one transaction at a time change a family, so that a successor cannot slip past a revocation.
    @Query("""
            SELECT CAST(pg_advisory_xact_lock(
                hashtextextended('auth family ' || CAST(:familyId AS text), 0)) AS text)
            """)
    String lockFamily(UUID familyId);

    /// Spends a token.
    ///
    /// @return 0 when it was spent before
    @Query("""
            UPDATE refresh_tokens SET used_at = :now, successor_id = :successorId
            WHERE id = :id AND used_at IS NULL AND revoked_at IS NULL
            """)
    int spend(UUID id, UUID successorId, Instant now);

    /// Ends a session.
    ///
    /// @return 0 when it had ended before
    @Query("UPDATE refresh_tokens SET revoked_at = :now WHERE family_id = :familyId AND revoked_at IS NULL")
    int revokeFamily(UUID familyId, Instant now);

    /// Lets one transaction at a time begin or end the sessions of an account. The last condition tells
    /// Micronaut Data that this reads.
    @Query("SELECT id FROM accounts WHERE id = :accountId AND 'for update' <> '' FOR NO KEY UPDATE")
    Optional<UUID> lockAccount(UUID accountId);

    /// Whose session this is, also after its end, as long as a token of it is kept.
    @Query("SELECT account_id FROM refresh_tokens WHERE family_id = :familyId LIMIT 1")
    Optional<UUID> findAccount(UUID familyId);

    /// The last tokens of the living sessions of an account, the last used first.
    @Query(SELECT + LIVING + "ORDER BY created_at DESC, id DESC")
    List<RefreshToken> findLiving(UUID accountId, Instant now);

    /// The sessions of an account that live, in the order in which they are to be locked.
    @Query("SELECT family_id FROM refresh_tokens " + LIVING + "ORDER BY family_id")
    List<UUID> findLivingFamilies(UUID accountId, Instant now);

    /// The living sessions of an account beyond a number, those that were not used for the longest time.
    @Query("SELECT family_id FROM (SELECT family_id FROM refresh_tokens " + LIVING + """
            ORDER BY created_at DESC, id DESC OFFSET :keep) AS surplus
            ORDER BY family_id
            """)
    List<UUID> findSurplus(UUID accountId, int keep, Instant now);

    /// Forgets tokens of an account that ended by themselves.
    @Query("DELETE FROM refresh_tokens WHERE account_id = :accountId AND expires_at < :before")
    void deleteExpired(UUID accountId, Instant before);
}
