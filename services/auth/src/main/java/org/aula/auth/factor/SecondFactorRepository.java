package org.aula.auth.factor;

import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Rows of `second_factors` and `recovery_codes`.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface SecondFactorRepository extends GenericRepository<SecondFactorRepository.RecoveryCode, UUID> {

    /// A secret as it is kept.
    ///
    /// @param confirmedAt null until a first code of it was seen
    @MappedEntity("second_factors")
    @SuppressWarnings("ArrayRecordComponent")
    record Kept(byte[] sealedSecret, @Nullable Instant confirmedAt) {}

    /// What an account has.
    ///
    /// @param confirmedAt null while none is switched on
    @MappedEntity("second_factors")
    record Found(@Nullable Instant confirmedAt, int codesLeft) {}

    /// A recovery code that was not used yet.
    @MappedEntity("recovery_codes")
    @SuppressWarnings("ArrayRecordComponent")
    record RecoveryCode(UUID accountId, byte[] codeHash) {}

    /// What an account has, unless the account is gone.
    @Query("""
            SELECT confirmed_at,
                   (SELECT count(*) FROM recovery_codes
                    WHERE account_id = :accountId AND used_at IS NULL) AS codes_left
            FROM accounts LEFT JOIN second_factors ON account_id = id
            WHERE id = :accountId AND deleted_at IS NULL
            """)
    Optional<Found> find(UUID accountId);

    /// The secret, locked until the transaction ends.
    @Query("""
            SELECT sealed_secret, confirmed_at FROM second_factors
            WHERE account_id = :accountId FOR UPDATE
            """)
    Optional<Kept> lock(UUID accountId);

    @Query("""
            SELECT EXISTS (SELECT 1 FROM second_factors
                           WHERE account_id = :accountId AND confirmed_at IS NOT NULL)
            """)
    boolean isActive(UUID accountId);

    /// Keeps a secret that waits for its confirmation, in the place of one that waits.
    ///
    /// @return 0 when one is switched on
    @Query("""
            INSERT INTO second_factors (account_id, sealed_secret, created_at)
            VALUES (:accountId, :sealedSecret, :now)
            ON CONFLICT (account_id) DO UPDATE
            SET sealed_secret = excluded.sealed_secret, created_at = excluded.created_at
            WHERE second_factors.confirmed_at IS NULL
            """)
    int begin(UUID accountId, byte[] sealedSecret, Instant now);

    @Query("""
            UPDATE second_factors SET confirmed_at = :now, last_used_step = :step WHERE account_id = :accountId
            """)
    void confirm(UUID accountId, long step, Instant now);

    /// Uses the code of a step.
    ///
    /// @return 0 when a code of this step or of a later one was used before
    @Query("""
            UPDATE second_factors SET last_used_step = :step
            WHERE account_id = :accountId AND confirmed_at IS NOT NULL AND last_used_step < :step
            """)
    int useStep(UUID accountId, long step);

    /// Uses a recovery code.
    ///
    /// @return 0 when there is none such, or it was used before
    @Query("""
            UPDATE recovery_codes SET used_at = :now
            WHERE account_id = :accountId AND code_hash = :codeHash AND used_at IS NULL
            """)
    int useRecoveryCode(UUID accountId, byte[] codeHash, Instant now);

    @Query("DELETE FROM recovery_codes WHERE account_id = :accountId")
    void deleteRecoveryCodes(UUID accountId);

    /// Adds recovery codes, as one batch.
    @Query("INSERT INTO recovery_codes (account_id, code_hash) VALUES (:accountId, :codeHash)")
    void insertRecoveryCodes(List<RecoveryCode> codes);

    /// Removes the secret and the recovery codes.
    ///
    /// @return 0 when no factor was switched on
    @Query("DELETE FROM second_factors WHERE account_id = :accountId AND confirmed_at IS NOT NULL")
    int delete(UUID accountId);
}
