package org.aula.auth.session;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.call.ClientInfo;
import org.aula.kernel.postgres.Columns;
import org.jdbi.v3.core.Handle;

/// Rows of `refresh_tokens`.
@Singleton
final class RefreshTokenRepository {

    private static final String COLUMNS = """
            SELECT id, account_id, family_id, token_hash, device_name, coalesce(host(ip_address), '') AS ip_address,
                   user_agent, coalesce(session_began_at, created_at) AS session_began_at, created_at, expires_at,
                   used_at, revoked_at, successor_id
            FROM refresh_tokens
            """;

    private static final String LIVING = """
            WHERE account_id = :accountId AND used_at IS NULL AND revoked_at IS NULL AND expires_at > :now
            """;

    RefreshTokenRepository() {}

    void insert(Handle handle, RefreshToken token) {
        handle.createUpdate("""
                        INSERT INTO refresh_tokens
                            (id, account_id, family_id, token_hash, device_name, ip_address, user_agent,
                             session_began_at, created_at, expires_at)
                        VALUES (:id, :accountId, :familyId, :hash, :deviceName,
                                CAST(nullif(:remoteAddress, '') AS inet), :userAgent, :sessionBeganAt, :createdAt,
                                :expiresAt)
                        """)
                .bind("id", token.id())
                .bind("accountId", token.accountId())
                .bind("familyId", token.familyId())
                .bind("hash", token.hash())
                .bind("deviceName", token.deviceName())
                .bind("remoteAddress", token.clientInfo().remoteAddress())
                .bind("userAgent", token.clientInfo().userAgent())
                .bind("sessionBeganAt", token.sessionBeganAt())
                .bind("createdAt", token.createdAt())
                .bind("expiresAt", token.expiresAt())
                .execute();
    }

    Optional<RefreshToken> findByHash(Handle handle, byte[] hash) {
        return handle.createQuery(COLUMNS + "WHERE token_hash = :hash")
                .bind("hash", hash)
                .map((row, context) -> token(row))
                .findOne();
    }

    Optional<RefreshToken> findById(Handle handle, UUID id) {
        return handle.createQuery(COLUMNS + "WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> token(row))
                .findOne();
    }

    /// Lets one transaction at a time change a family, so that a successor cannot slip past a
    /// revocation.
    void lockFamily(Handle handle, UUID familyId) {
        handle.createQuery("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(:name, 0))")
                .bind("name", "auth family " + familyId)
                .mapTo(Integer.class)
                .one();
    }

    /// Spends a token.
    ///
    /// @return false when it was spent before
    boolean spend(Handle handle, UUID id, UUID successorId, Instant now) {
        return handle.createUpdate("""
                                UPDATE refresh_tokens SET used_at = :now, successor_id = :successorId
                                WHERE id = :id AND used_at IS NULL AND revoked_at IS NULL
                                """)
                        .bind("id", id)
                        .bind("successorId", successorId)
                        .bind("now", now)
                        .execute()
                == 1;
    }

    /// Ends a session.
    ///
    /// @return false when it had ended before
    boolean revokeFamily(Handle handle, UUID familyId, Instant now) {
        return handle.createUpdate("""
                                UPDATE refresh_tokens SET revoked_at = :now
                                WHERE family_id = :familyId AND revoked_at IS NULL
                                """)
                        .bind("familyId", familyId)
                        .bind("now", now)
                        .execute()
                > 0;
    }

    /// Lets one transaction at a time begin or end the sessions of an account.
    void lockAccount(Handle handle, UUID accountId) {
        handle.createQuery("SELECT id FROM accounts WHERE id = :id FOR NO KEY UPDATE")
                .bind("id", accountId)
                .mapTo(UUID.class)
                .findOne();
    }

    /// Whose session this is, also after its end, as long as a token of it is kept.
    Optional<UUID> findAccount(Handle handle, UUID familyId) {
        return handle.createQuery("SELECT account_id FROM refresh_tokens WHERE family_id = :familyId LIMIT 1")
                .bind("familyId", familyId)
                .mapTo(UUID.class)
                .findOne();
    }

    /// The living sessions of an account, the last used first.
    List<ActiveSession> findLiving(Handle handle, UUID accountId, Instant now) {
        return handle.createQuery(COLUMNS + LIVING + "ORDER BY created_at DESC, id DESC")
                .bind("accountId", accountId)
                .bind("now", now)
                .map((row, context) -> session(token(row)))
                .list();
    }

    /// The sessions of an account that live, in the order in which they are to be locked.
    List<UUID> findLivingFamilies(Handle handle, UUID accountId, Instant now) {
        return handle.createQuery("SELECT family_id FROM refresh_tokens " + LIVING + "ORDER BY family_id")
                .bind("accountId", accountId)
                .bind("now", now)
                .mapTo(UUID.class)
                .list();
    }

    /// The living sessions of an account beyond a number, those that were not used for the longest time.
    List<UUID> findSurplus(Handle handle, UUID accountId, int keep, Instant now) {
        return handle.createQuery("""
                        SELECT family_id FROM (
                            SELECT family_id FROM refresh_tokens <living>
                            ORDER BY created_at DESC, id DESC OFFSET :keep) AS surplus
                        ORDER BY family_id
                        """)
                .define("living", LIVING)
                .bind("accountId", accountId)
                .bind("keep", keep)
                .bind("now", now)
                .mapTo(UUID.class)
                .list();
    }

    /// Forgets tokens of an account that ended by themselves.
    void deleteExpired(Handle handle, UUID accountId, Instant before) {
        handle.createUpdate("DELETE FROM refresh_tokens WHERE account_id = :accountId AND expires_at < :before")
                .bind("accountId", accountId)
                .bind("before", before)
                .execute();
    }

    private static ActiveSession session(RefreshToken token) {
        return new ActiveSession(
                token.familyId(),
                token.accountId(),
                token.deviceName(),
                token.clientInfo(),
                token.sessionBeganAt(),
                token.createdAt(),
                token.expiresAt());
    }

    private static RefreshToken token(ResultSet row) throws SQLException {
        return new RefreshToken(
                row.getObject("id", UUID.class),
                row.getObject("account_id", UUID.class),
                row.getObject("family_id", UUID.class),
                row.getBytes("token_hash"),
                row.getString("device_name"),
                new ClientInfo(row.getString("ip_address"), row.getString("user_agent")),
                Columns.instant(row, "session_began_at"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "expires_at"),
                Columns.instantOrNull(row, "used_at"),
                Columns.instantOrNull(row, "revoked_at"),
                row.getObject("successor_id", UUID.class));
    }
}
