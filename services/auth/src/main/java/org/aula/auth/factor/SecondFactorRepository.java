package org.aula.auth.factor;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.auth.key.EncryptedSecrets;
import org.aula.kernel.postgres.Columns;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Rows of `second_factors` and `recovery_codes`.
@Singleton
final class SecondFactorRepository {

    private final EncryptedSecrets seals;

    SecondFactorRepository(EncryptedSecrets seals) {
        this.seals = seals;
    }

    /// A secret as it is kept.
    ///
    /// @param confirmedAt null until a first code of it was seen
    record Kept(byte[] secret, @Nullable Instant confirmedAt) {}

    /// What an account has, unless the account is gone.
    ///
    /// @param factor null while none is switched on
    record Found(@Nullable SecondFactor factor) {}

    Optional<Found> find(Handle handle, UUID accountId) {
        return handle.createQuery("""
                        SELECT confirmed_at,
                               (SELECT count(*) FROM recovery_codes
                                WHERE account_id = :accountId AND used_at IS NULL) AS codes_left
                        FROM accounts LEFT JOIN second_factors ON account_id = id
                        WHERE id = :accountId AND deleted_at IS NULL
                        """)
                .bind("accountId", accountId)
                .map((row, context) -> found(row))
                .findOne();
    }

    /// The secret, locked until the transaction ends.
    Optional<Kept> lock(Handle handle, UUID accountId) {
        return handle.createQuery("""
                        SELECT sealed_secret, confirmed_at FROM second_factors WHERE account_id = :accountId FOR UPDATE
                        """)
                .bind("accountId", accountId)
                .map((row, context) -> new Kept(
                        seals.open(purpose(accountId), row.getBytes("sealed_secret")),
                        Columns.instantOrNull(row, "confirmed_at")))
                .findOne();
    }

    boolean isActive(Handle handle, UUID accountId) {
        return handle.createQuery("""
                        SELECT EXISTS (SELECT 1 FROM second_factors
                                       WHERE account_id = :accountId AND confirmed_at IS NOT NULL)
                        """)
                .bind("accountId", accountId)
                .mapTo(Boolean.class)
                .one();
    }

    /// Keeps a secret that waits for its confirmation, in the place of one that waits.
    ///
    /// @return false when one is switched on
    boolean begin(Handle handle, UUID accountId, byte[] secret, Instant now) {
        return handle.createUpdate("""
                                INSERT INTO second_factors (account_id, sealed_secret, created_at)
                                VALUES (:accountId, :sealed, :now)
                                ON CONFLICT (account_id) DO UPDATE
                                SET sealed_secret = excluded.sealed_secret, created_at = excluded.created_at
                                WHERE second_factors.confirmed_at IS NULL
                                """)
                        .bind("accountId", accountId)
                        .bind("sealed", seals.seal(purpose(accountId), secret))
                        .bind("now", now)
                        .execute()
                == 1;
    }

    void confirm(Handle handle, UUID accountId, long step, Instant now) {
        handle.createUpdate("""
                        UPDATE second_factors SET confirmed_at = :now, last_used_step = :step
                        WHERE account_id = :accountId
                        """)
                .bind("accountId", accountId)
                .bind("step", step)
                .bind("now", now)
                .execute();
    }

    /// Uses the code of a step.
    ///
    /// @return false when a code of this step or of a later one was used before
    boolean useStep(Handle handle, UUID accountId, long step) {
        return handle.createUpdate("""
                                UPDATE second_factors SET last_used_step = :step
                                WHERE account_id = :accountId AND confirmed_at IS NOT NULL AND last_used_step < :step
                                """)
                        .bind("accountId", accountId)
                        .bind("step", step)
                        .execute()
                == 1;
    }

    /// Uses a recovery code.
    ///
    /// @return false when there is none such, or it was used before
    boolean useRecoveryCode(Handle handle, UUID accountId, byte[] hash, Instant now) {
        return handle.createUpdate("""
                                UPDATE recovery_codes SET used_at = :now
                                WHERE account_id = :accountId AND code_hash = :hash AND used_at IS NULL
                                """)
                        .bind("accountId", accountId)
                        .bind("hash", hash)
                        .bind("now", now)
                        .execute()
                == 1;
    }

    void replaceRecoveryCodes(Handle handle, UUID accountId, List<byte[]> hashes) {
        handle.execute("DELETE FROM recovery_codes WHERE account_id = ?", accountId);
        var insert =
                handle.prepareBatch("INSERT INTO recovery_codes (account_id, code_hash) VALUES (:accountId, :hash)");
        hashes.forEach(
                hash -> insert.bind("accountId", accountId).bind("hash", hash).add());
        insert.execute();
    }

    /// Removes the secret and the recovery codes.
    ///
    /// @return false when no factor was switched on
    boolean delete(Handle handle, UUID accountId) {
        return handle.execute("DELETE FROM second_factors WHERE account_id = ? AND confirmed_at IS NOT NULL", accountId)
                == 1;
    }

    private static Found found(ResultSet row) throws SQLException {
        var confirmedAt = Columns.instantOrNull(row, "confirmed_at");
        return new Found(confirmedAt == null ? null : new SecondFactor(confirmedAt, row.getInt("codes_left")));
    }

    /// What is sealed for one account does not open for another.
    private static String purpose(UUID accountId) {
        return "totp " + accountId;
    }
}
