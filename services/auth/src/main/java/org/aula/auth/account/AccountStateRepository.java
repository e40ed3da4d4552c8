package org.aula.auth.account;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Columns;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/// Changes of rows of `accounts` that whoever calls has locked.
@Singleton
public final class AccountStateRepository {

    private static final String FOREIGN_KEY_VIOLATION = "23503";
    private static final String SAVEPOINT = "before_removal";

    /// Tables whose rows go with an account, as they do by themselves where its row goes.
    private static final List<String> OF_THE_PERSON = List.of(
            "registrations",
            "refresh_tokens",
            "second_factors",
            "recovery_codes",
            "login_challenges",
            "email_verification_tokens",
            "password_reset_tokens",
            "email_changes",
            "account_roles",
            "account_permissions");

    AccountStateRepository() {}

    /// Whether an account is deleted.
    ///
    /// @param deletedAt null while it lives
    public record Deletion(@Nullable Instant deletedAt) {}

    public void changeStatus(Handle handle, UUID id, AccountStatus status, Instant now) {
        handle.createUpdate("""
                        UPDATE accounts SET status = :status, version = version + 1, updated_at = :now WHERE id = :id
                        """)
                .bind("id", id)
                .bind("status", status.name())
                .bind("now", now)
                .execute();
    }

    /// @throws org.aula.kernel.error.ServiceException ALREADY_EXISTS with EMAIL_TAKEN, also when another
    ///     transaction takes it at the same time
    public void changeEmail(Handle handle, UUID id, String email, Instant now) {
        try {
            handle.createUpdate("""
                            UPDATE accounts SET email = :email, version = version + 1, updated_at = :now WHERE id = :id
                            """)
                    .bind("id", id)
                    .bind("email", email)
                    .bind("now", now)
                    .execute();
        } catch (UnableToExecuteStatementException failure) {
            throw AccountRepository.taken(failure);
        }
    }

    /// Locks an account, living or deleted. One whose registration is being taken back is as unknown.
    public Optional<Deletion> lockDeletion(Handle handle, UUID id) {
        return handle.createQuery("""
                        SELECT deleted_at FROM accounts
                        WHERE id = :id AND NOT EXISTS (
                            SELECT FROM sagas WHERE sagas.id = accounts.id AND sagas.state = 'COMPENSATING')
                        FOR NO KEY UPDATE OF accounts
                        """)
                .bind("id", id)
                .map((row, context) -> new Deletion(Columns.instantOrNull(row, "deleted_at")))
                .findOne();
    }

    public void delete(Handle handle, UUID id, Instant now) {
        handle.createUpdate("""
                        UPDATE accounts SET deleted_at = :now, version = version + 1, updated_at = :now WHERE id = :id
                        """).bind("id", id).bind("now", now).execute();
    }

    /// @throws org.aula.kernel.error.ServiceException ALREADY_EXISTS with EMAIL_TAKEN or
    ///     USERNAME_TAKEN, also when another transaction takes it at the same time
    public void restore(Handle handle, UUID id, Instant now) {
        try {
            handle.createUpdate("""
                            UPDATE accounts SET deleted_at = NULL, version = version + 1, updated_at = :now
                            WHERE id = :id
                            """).bind("id", id).bind("now", now).execute();
        } catch (UnableToExecuteStatementException failure) {
            throw AccountRepository.taken(failure);
        }
    }

    /// Removes an account for good, with all that is its own.
    ///
    /// @return false when something of another domain refers to it; then nothing changed
    public boolean remove(Handle handle, UUID id) {
        handle.savepoint(SAVEPOINT);
        try {
            handle.createUpdate("DELETE FROM accounts WHERE id = :id")
                    .bind("id", id)
                    .execute();
            handle.releaseSavepoint(SAVEPOINT);
            return true;
        } catch (UnableToExecuteStatementException failure) {
            if (failure.getCause() instanceof PSQLException sql && FOREIGN_KEY_VIOLATION.equals(sql.getSQLState())) {
                handle.rollbackToSavepoint(SAVEPOINT);
                return false;
            }
            throw failure;
        }
    }

    /// Leaves an account's id and nothing that tells whose it was.
    public void blank(Handle handle, UUID id, Instant now) {
        for (var table : OF_THE_PERSON) {
            handle.createUpdate("DELETE FROM <table> WHERE account_id = :id")
                    .define("table", table)
                    .bind("id", id)
                    .execute();
        }
        handle.createUpdate("""
                        UPDATE accounts SET email = id || '@removed.invalid', username = NULL, password_hash = '-',
                            deleted_at = coalesce(deleted_at, :now), version = version + 1, updated_at = :now
                        WHERE id = :id
                        """).bind("id", id).bind("now", now).execute();
    }
}
