package org.aula.auth.session;

import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Rows of `login_challenges`.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface LoginChallengeRepository extends GenericRepository<LoginChallengeRepository.Challenge, UUID> {

    /// A question that waits for its answer.
    ///
    /// @param failures wrong answers so far
    @MappedEntity("login_challenges")
    record Challenge(UUID id, UUID accountId, String deviceName, int failures, Instant expiresAt) {}

    @Query("""
            INSERT INTO login_challenges (id, account_id, token_hash, device_name, created_at, expires_at)
            VALUES (:id, :accountId, :tokenHash, :deviceName, :now, :expiresAt)
            """)
    void insert(UUID id, UUID accountId, byte[] tokenHash, String deviceName, Instant now, Instant expiresAt);

    @Query("""
            SELECT id, account_id, device_name, failures, expires_at FROM login_challenges
            WHERE token_hash = :tokenHash
            """)
    Optional<Challenge> find(byte[] tokenHash);

    @Query("UPDATE login_challenges SET failures = failures + 1 WHERE id = :id")
    void addFailure(UUID id);

    @Query("DELETE FROM login_challenges WHERE id = :id")
    void delete(UUID id);

    @Query("DELETE FROM login_challenges WHERE account_id = :accountId")
    void deleteAll(UUID accountId);

    /// Deletes an account's challenges that are over, and all but the newest of those that wait.
    @Query("""
            DELETE FROM login_challenges
            WHERE account_id = :accountId AND (expires_at <= :now OR id NOT IN (
                SELECT id FROM login_challenges WHERE account_id = :accountId
                ORDER BY created_at DESC, id DESC LIMIT :keep))
            """)
    void deleteOld(UUID accountId, int keep, Instant now);
}
