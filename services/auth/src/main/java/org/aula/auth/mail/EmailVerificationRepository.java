package org.aula.auth.mail;

import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Rows of `email_verification_tokens`.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface EmailVerificationRepository extends GenericRepository<EmailToken, UUID> {

    String SELECT = """
            SELECT id, account_id, email, expires_at, used_at, replaced_at FROM email_verification_tokens
            """;

    /// An account that waits for the verification of an address.
    @MappedEntity("email_verification_tokens")
    record Waiting(UUID accountId, String email) {}

    @Query("""
            INSERT INTO email_verification_tokens (id, account_id, email, token_hash, created_at, expires_at)
            VALUES (:id, :accountId, :email, :tokenHash, :now, :expiresAt)
            """)
    void insert(UUID id, UUID accountId, String email, byte[] tokenHash, Instant now, Instant expiresAt);

    @Query(SELECT + "WHERE id = :id")
    Optional<EmailToken> find(UUID id);

    @Query(SELECT + "WHERE token_hash = :tokenHash")
    Optional<EmailToken> findByHash(byte[] tokenHash);

    /// The account that waits to have this address verified, which nobody has yet: the one that said last that
    /// it has it, else the one that asked last to have it instead of its own.
    @Query("""
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
            WHERE NOT EXISTS (
                SELECT FROM accounts
                WHERE email = CAST(:email AS citext) AND deleted_at IS NULL
                    AND (status = 'ACTIVE' OR email_verified))
            ORDER BY rank, created_at DESC LIMIT 1
            """)
    Optional<Waiting> findWaiting(String email);

    /// Verifications of an address that were asked for since then.
    @Query("""
            SELECT count(*) FROM email_verification_tokens
            WHERE email = CAST(:email AS citext) AND created_at > :since
            """)
    long countSince(String email, Instant since);

    /// Uses a token.
    ///
    /// @return 0 when it is used, replaced or past its time
    @Query("""
            UPDATE email_verification_tokens SET used_at = :now
            WHERE id = :id AND used_at IS NULL AND replaced_at IS NULL AND expires_at > :now
            """)
    int use(UUID id, Instant now);

    /// Ends the open tokens of an account.
    @Query("""
            UPDATE email_verification_tokens SET replaced_at = :now
            WHERE account_id = :accountId AND used_at IS NULL AND replaced_at IS NULL
            """)
    void replaceAll(UUID accountId, Instant now);

    /// Ends the open tokens of an account for the address that it has, or those for any other.
    @Query("""
            UPDATE email_verification_tokens token SET replaced_at = :now
            FROM accounts account
            WHERE account.id = :accountId AND token.account_id = account.id
                AND (token.email = account.email) = :ofOwnAddress
                AND token.used_at IS NULL AND token.replaced_at IS NULL
            """)
    void replace(UUID accountId, boolean ofOwnAddress, Instant now);

    /// Forgets tokens whose time was over then.
    @Query("DELETE FROM email_verification_tokens WHERE expires_at < :before")
    void deleteExpired(Instant before);
}
