package org.aula.auth.session;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Columns;
import org.aula.kernel.postgres.Handles;

/// Rows of `login_challenges`.
@Singleton
final class LoginChallengeRepository {

    LoginChallengeRepository() {}

    /// A question that waits for its answer.
    ///
    /// @param failures wrong answers so far
    record Challenge(UUID id, UUID accountId, String deviceName, int failures, Instant expiresAt) {}

    void insert(Challenge challenge, byte[] tokenHash, Instant now) {
        Handles.current().createUpdate("""
                        INSERT INTO login_challenges
                            (id, account_id, token_hash, device_name, created_at, expires_at)
                        VALUES (:id, :accountId, :tokenHash, :deviceName, :now, :expiresAt)
                        """)
                .bind("id", challenge.id())
                .bind("accountId", challenge.accountId())
                .bind("tokenHash", tokenHash)
                .bind("deviceName", challenge.deviceName())
                .bind("now", now)
                .bind("expiresAt", challenge.expiresAt())
                .execute();
    }

    Optional<Challenge> find(byte[] tokenHash) {
        return Handles.current().createQuery("""
                        SELECT id, account_id, device_name, failures, expires_at FROM login_challenges
                        WHERE token_hash = :tokenHash
                        """)
                .bind("tokenHash", tokenHash)
                .map((row, context) -> challenge(row))
                .findOne();
    }

    void addFailure(UUID id) {
        Handles.current().execute("UPDATE login_challenges SET failures = failures + 1 WHERE id = ?", id);
    }

    void delete(UUID id) {
        Handles.current().execute("DELETE FROM login_challenges WHERE id = ?", id);
    }

    void deleteAll(UUID accountId) {
        Handles.current().execute("DELETE FROM login_challenges WHERE account_id = ?", accountId);
    }

    /// Deletes an account's challenges that are over, and all but the newest of those that wait.
    void deleteOld(UUID accountId, int keep, Instant now) {
        Handles.current().createUpdate("""
                        DELETE FROM login_challenges
                        WHERE account_id = :accountId AND (expires_at <= :now OR id NOT IN (
                            SELECT id FROM login_challenges WHERE account_id = :accountId
                            ORDER BY created_at DESC, id DESC LIMIT :keep))
                        """)
                .bind("accountId", accountId)
                .bind("keep", keep)
                .bind("now", now)
                .execute();
    }

    private static Challenge challenge(ResultSet row) throws SQLException {
        return new Challenge(
                row.getObject("id", UUID.class),
                row.getObject("account_id", UUID.class),
                row.getString("device_name"),
                row.getInt("failures"),
                Columns.instant(row, "expires_at"));
    }
}
