package org.aula.auth.mail;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Columns;
import org.jdbi.v3.core.Handle;

/// Rows of `password_reset_tokens`.
@Singleton
final class PasswordResetRepository {

    private static final String COLUMNS = """
            SELECT id, account_id, expires_at, used_at, replaced_at FROM password_reset_tokens
            """;

    PasswordResetRepository() {}

    void insert(Handle handle, UUID id, UUID accountId, byte[] tokenHash, Instant now, Instant expiresAt) {
        handle.createUpdate("""
                        INSERT INTO password_reset_tokens (id, account_id, token_hash, created_at, expires_at)
                        VALUES (:id, :accountId, :tokenHash, :now, :expiresAt)
                        """)
                .bind("id", id)
                .bind("accountId", accountId)
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

    /// Uses a token.
    ///
    /// @return false when it is used, replaced or past its time
    boolean use(Handle handle, UUID id, Instant now) {
        return handle.createUpdate("""
                                UPDATE password_reset_tokens SET used_at = :now
                                WHERE id = :id AND used_at IS NULL AND replaced_at IS NULL AND expires_at > :now
                                """).bind("id", id).bind("now", now).execute() == 1;
    }

    /// Ends the open tokens of an account.
    void replaceAll(Handle handle, UUID accountId, Instant now) {
        handle.createUpdate("""
                        UPDATE password_reset_tokens SET replaced_at = :now
                        WHERE account_id = :accountId AND used_at IS NULL AND replaced_at IS NULL
                        """).bind("accountId", accountId).bind("now", now).execute();
    }

    /// Forgets tokens whose time was over then.
    void deleteExpired(Handle handle, Instant before) {
        handle.createUpdate("DELETE FROM password_reset_tokens WHERE expires_at < :before")
                .bind("before", before)
                .execute();
    }

    private static EmailToken token(ResultSet row) throws SQLException {
        return new EmailToken(
                row.getObject("id", UUID.class),
                row.getObject("account_id", UUID.class),
                null,
                Columns.instant(row, "expires_at"),
                Columns.instantOrNull(row, "used_at"),
                Columns.instantOrNull(row, "replaced_at"));
    }
}
