package org.aula.auth.mail;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Rows of `password_reset_tokens`.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface PasswordResetRepository extends GenericRepository<EmailToken, UUID> {

    String SELECT = """
            SELECT id, account_id, CAST(NULL AS text) AS email, expires_at, used_at, replaced_at
            FROM password_reset_tokens
            """;

    @Query("""
            INSERT INTO password_reset_tokens (id, account_id, token_hash, created_at, expires_at)
            VALUES (:id, :accountId, :tokenHash, :now, :expiresAt)
            """)
    void insert(UUID id, UUID accountId, byte[] tokenHash, Instant now, Instant expiresAt);

    @Query(SELECT + "WHERE id = :id")
    Optional<EmailToken> find(UUID id);

    @Query(SELECT + "WHERE token_hash = :tokenHash")
    Optional<EmailToken> findByHash(byte[] tokenHash);

    /// Uses a token.
    ///
    /// @return 0 when it is used, replaced or past its time
    @Query("""
            UPDATE password_reset_tokens SET used_at = :now
            WHERE id = :id AND used_at IS NULL AND replaced_at IS NULL AND expires_at > :now
            """)
    int use(UUID id, Instant now);

    /// Ends the open tokens of an account.
    @Query("""
            UPDATE password_reset_tokens SET replaced_at = :now
            WHERE account_id = :accountId AND used_at IS NULL AND replaced_at IS NULL
            """)
    void replaceAll(UUID accountId, Instant now);

    /// Forgets tokens whose time was over then.
    @Query("DELETE FROM password_reset_tokens WHERE expires_at < :before")
    void deleteExpired(Instant before);
}
