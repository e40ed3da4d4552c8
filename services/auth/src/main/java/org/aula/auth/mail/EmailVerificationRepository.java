package org.aula.auth.mail;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Columns;
import org.jdbi.v3.core.Handle;

/// Rows of `email_verification_tokens`.
@Singleton
final class EmailVerificationRepository {

    private static final String COLUMNS = """
            SELECT id, account_id, email, expires_at, used_at, replaced_at FROM email_verification_tokens
            """;

    EmailVerificationRepository() {}

    /// An account that waits for the verification of an address.
    record Waiting(UUID accountId, String email) {}

    void insert(
            Handle handle, UUID id, UUID accountId, String email, byte[] tokenHash, Instant now, Instant expiresAt) {
        handle.createUpdate("""
                        INSERT INTO email_verification_tokens
                            (id, account_id, email, token_hash, created_at, expires_at)
                        VALUES (:id, :accountId, :email, :tokenHash, :now, :expiresAt)
                        """)
                .bind("id", id)
                .bind("accountId", accountId)
                .bind("email", email)
                .bind("tokenHash", tokenHash)
                .bind("now", now)
                .bind("expiresAt", expiresAt)
                .execute();
    }

    Optional<EmailToken> find(Handle handle, UUID id) {
        return handle.createQuery(COLUMNS + "WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> token(row))
                .findOne();
    }

    Optional<EmailToken> findByHash(Handle handle, byte[] tokenHash) {
        return handle.createQuery(COLUMNS + "WHERE token_hash = :tokenHash")
                .bind("tokenHash", tokenHash)
                .map((row, context) -> token(row))
                .findOne();
    }

    /// The account that waits to have this address verified: the one that has it and is not verified,
    /// else the one that asked last to have it instead of its own.
    Optional<Waiting> findWaiting(Handle handle, String email) {
        return handle.createQuery("""
                        SELECT account_id, email FROM (
                            SELECT id AS account_id, email, 0 AS rank, created_at FROM accounts
                            WHERE email = CAST(:email AS citext) AND deleted_at IS NULL
                                AND status = 'PENDING_VERIFICATION'
                            UNION ALL
                            SELECT token.account_id, token.email, 1, token.created_at
                            FROM email_verification_tokens token
                            JOIN accounts account ON account.id = token.account_id AND account.deleted_at IS NULL
                            WHERE token.email = CAST(:email AS citext) AND token.email <> account.email
                                AND token.used_at IS NULL AND token.replaced_at IS NULL) waiting
                        ORDER BY rank, created_at DESC LIMIT 1
                        """)
                .bind("email", email)
                .map((row, context) -> new Waiting(row.getObject("account_id", UUID.class), row.getString("email")))
                .findOne();
    }

    /// Uses a token.
    ///
    /// @return false when it is used, replaced or past its time
    boolean use(Handle handle, UUID id, Instant now) {
        return handle.createUpdate("""
                                UPDATE email_verification_tokens SET used_at = :now
                                WHERE id = :id AND used_at IS NULL AND replaced_at IS NULL AND expires_at > :now
                                """).bind("id", id).bind("now", now).execute() == 1;
    }

    /// Ends the open tokens of an account.
    void replaceAll(Handle handle, UUID accountId, Instant now) {
        handle.createUpdate("""
                        UPDATE email_verification_tokens SET replaced_at = :now
                        WHERE account_id = :accountId AND used_at IS NULL AND replaced_at IS NULL
                        """).bind("accountId", accountId).bind("now", now).execute();
    }

    /// Ends the open tokens of an account for the address that it has, or those for any other.
    void replace(Handle handle, UUID accountId, boolean ofOwnAddress, Instant now) {
        handle.createUpdate("""
                        UPDATE email_verification_tokens token SET replaced_at = :now
                        FROM accounts account
                        WHERE account.id = :accountId AND token.account_id = account.id
                            AND (token.email = account.email) = :ofOwnAddress
                            AND token.used_at IS NULL AND token.replaced_at IS NULL
                        """)
                .bind("accountId", accountId)
                .bind("ofOwnAddress", ofOwnAddress)
                .bind("now", now)
                .execute();
    }

    /// Forgets tokens whose time was over then.
    void deleteExpired(Handle handle, Instant before) {
        handle.createUpdate("DELETE FROM email_verification_tokens WHERE expires_at < :before")
                .bind("before", before)
                .execute();
    }

    private static EmailToken token(ResultSet row) throws SQLException {
        return new EmailToken(
                row.getObject("id", UUID.class),
                row.getObject("account_id", UUID.class),
                row.getString("email"),
                Columns.instant(row, "expires_at"),
                Columns.instantOrNull(row, "used_at"),
                Columns.instantOrNull(row, "replaced_at"));
    }
}
