package org.aula.auth.account;

import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Session;
import org.aula.kernel.postgres.Sql;
import org.aula.kernel.postgres.SqlFailures;
import org.jspecify.annotations.Nullable;

/// Changes of rows of `accounts` that whoever calls has locked.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface AccountStateRepository extends GenericRepository<AccountStateRepository.Deletion, UUID> {

    /// Tables whose rows go with an account, as they do by themselves where its row goes.
    List<String> OF_THE_PERSON = List.of(
            "registrations",
            "registration_notices",
            "refresh_tokens",
            "second_factors",
            "recovery_codes",
            "login_challenges",
            "email_verification_tokens",
            "password_reset_tokens",
            "email_changes",
            "account_roles",
            "account_permissions");

    /// Whether an account is deleted.
    ///
    /// @param deletedAt null while it lives
    @MappedEntity("accounts")
    record Deletion(@Nullable Instant deletedAt) {}

    /// Who was active once keeps the address, which is unique among those who have it verified, see
    /// [AccountErrors#taken].
    @Query("""
            UPDATE accounts SET email_verified = email_verified OR 'ACTIVE' IN (status, :status), status = :status,
                version = version + 1, updated_at = :now
            WHERE id = :id
            """)
    void changeStatus(UUID id, AccountStatus status, Instant now);

    /// The address is unique among accounts that have it verified, see [AccountErrors#taken].
    @Query("UPDATE accounts SET email = :email, version = version + 1, updated_at = :now WHERE id = :id")
    void changeEmail(UUID id, String email, Instant now);

    /// Locks an account, living or deleted. One whose registration is being taken back is as unknown.
    @Query("""
            SELECT deleted_at FROM accounts
            WHERE id = :id AND NOT EXISTS (
                SELECT FROM sagas
                WHERE sagas.kind = 'registration' AND sagas.id = accounts.id
                  AND sagas.state IN ('COMPENSATING', 'STUCK'))
              AND 'for update' <> '' FOR NO KEY UPDATE OF accounts
            """)
    Optional<Deletion> lockDeletion(UUID id);

    @Query("UPDATE accounts SET deleted_at = :now, version = version + 1, updated_at = :now WHERE id = :id")
    void delete(UUID id, Instant now);

    /// The address is unique among accounts that have it verified, the name among living ones, see
    /// [AccountErrors#taken].
    @Query("UPDATE accounts SET deleted_at = NULL, version = version + 1, updated_at = :now WHERE id = :id")
    void restore(UUID id, Instant now);

    /// Removes an account for good, with all that is its own.
    ///
    /// @return false when something of another domain refers to it; then nothing changed
    default boolean remove(UUID id) {
        var connection = Session.current().connection();
        try {
            var savepoint = connection.setSavepoint();
            try {
                Sql.of("DELETE FROM accounts WHERE id = ?", id).update();
            } catch (DataAccessException refused) {
                if (!SqlFailures.isForeignKeyViolation(refused)) {
                    throw refused;
                }
                connection.rollback(savepoint);
                return false;
            }
            connection.releaseSavepoint(savepoint);
            return true;
        } catch (SQLException failed) {
            throw new DataAccessException("the savepoint failed: " + failed.getMessage(), failed);
        }
    }

    /// Leaves an account's id and nothing that tells whose it was.
    default void blank(UUID id, Instant now) {
        for (var table : OF_THE_PERSON) {
            Sql.of("DELETE FROM " + table + " WHERE account_id = ?", id).update();
        }
        blankRow(id, now);
    }

    @Query("""
            UPDATE accounts SET email = id || '@removed.invalid', username = NULL, password_hash = '-',
                deleted_at = coalesce(deleted_at, :now), version = version + 1, updated_at = :now
            WHERE id = :id
            """)
    void blankRow(UUID id, Instant now);
}
