package org.aula.auth.account;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Columns;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.postgresql.util.PSQLException;

/// Rows of `accounts` and what hangs on them.
@Singleton
public final class AccountRepository {

    static final String SELECT = """
            SELECT id, email, coalesce(username, '') AS username, status, created_at, last_login_at,
                   ARRAY(SELECT role FROM account_roles WHERE account_id = accounts.id) AS roles,
                   ARRAY((SELECT permission FROM account_roles JOIN role_permissions USING (role)
                          WHERE account_id = accounts.id
                          UNION
                          SELECT permission FROM account_permissions
                          WHERE account_id = accounts.id AND granted)
                         EXCEPT
                         SELECT permission FROM account_permissions
                         WHERE account_id = accounts.id AND NOT granted) AS permissions
            FROM accounts
            """;

    private static final String UNIQUE_VIOLATION = "23505";

    AccountRepository() {}

    /// What signing in compares with.
    ///
    /// @param passwordHash a PHC string
    public record Credentials(UUID accountId, String passwordHash) {}

    /// Adds an account.
    ///
    /// @param username empty for none
    /// @throws org.aula.kernel.error.ServiceException ALREADY_EXISTS with EMAIL_TAKEN or
    ///     USERNAME_TAKEN, also when another transaction takes it at the same time
    public void insert(Handle handle, UUID id, String email, String username, String passwordHash, Instant now) {
        try {
            handle.createUpdate("""
                            INSERT INTO accounts (id, email, username, password_hash, status, created_at, updated_at)
                            VALUES (:id, :email, nullif(:username, ''), :passwordHash,
                                    'PENDING_VERIFICATION', :now, :now)
                            """)
                    .bind("id", id)
                    .bind("email", email)
                    .bind("username", username)
                    .bind("passwordHash", passwordHash)
                    .bind("now", now)
                    .execute();
        } catch (UnableToExecuteStatementException failure) {
            throw taken(failure);
        }
    }

    /// Gives an account a role.
    public void addRole(Handle handle, UUID accountId, String role) {
        handle.createUpdate("INSERT INTO account_roles (account_id, role) VALUES (:accountId, :role)")
                .bind("accountId", accountId)
                .bind("role", role)
                .execute();
    }

    /// A living account with its roles and permissions as they are now.
    public Optional<Account> find(Handle handle, UUID id) {
        return handle.createQuery(SELECT + "WHERE id = :id AND deleted_at IS NULL")
                .bind("id", id)
                .map((row, context) -> account(row))
                .findOne();
    }

    /// As [#find], for callers that cannot go on without it.
    ///
    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with ACCOUNT_NOT_FOUND
    public Account require(Handle handle, UUID id) {
        return find(handle, id).orElseThrow(AccountRepository::notFound);
    }

    /// A living account whose row nobody else changes until this transaction ends. It is the first
    /// lock of every change of an account.
    public Optional<Account> lock(Handle handle, UUID id) {
        return handle.createQuery(SELECT + "WHERE id = :id AND deleted_at IS NULL FOR NO KEY UPDATE OF accounts")
                .bind("id", id)
                .map((row, context) -> account(row))
                .findOne();
    }

    /// As [#lock], for callers that cannot go on without it.
    ///
    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with ACCOUNT_NOT_FOUND
    public Account requireLocked(Handle handle, UUID id) {
        return lock(handle, id).orElseThrow(AccountRepository::notFound);
    }

    /// The living ones of many accounts, in any order.
    public List<Account> findAll(Handle handle, List<UUID> ids) {
        return handle.createQuery(SELECT + "WHERE id = ANY(:ids) AND deleted_at IS NULL")
                .bindArray("ids", UUID.class, ids)
                .map((row, context) -> account(row))
                .list();
    }

    /// The living account that has this address.
    public Optional<UUID> findIdByEmail(Handle handle, String email) {
        return handle.createQuery("""
                        SELECT id FROM accounts WHERE email = CAST(:email AS citext) AND deleted_at IS NULL
                        """).bind("email", email).mapTo(UUID.class).findOne();
    }

    /// What a living account is signed in to with.
    ///
    /// @param identifier an e-mail address (it has an `@`) or a user name
    public Optional<Credentials> findCredentials(Handle handle, String identifier) {
        var column = identifier.contains("@") ? "email" : "username";
        return handle.createQuery("""
                        SELECT id, password_hash FROM accounts
                        WHERE <column> = CAST(:identifier AS citext) AND deleted_at IS NULL
                        """)
                .define("column", column)
                .bind("identifier", identifier)
                .map((row, context) -> new Credentials(row.getObject("id", UUID.class), row.getString("password_hash")))
                .findOne();
    }

    /// What a living account is signed in to with.
    public Optional<Credentials> findCredentials(Handle handle, UUID id) {
        return handle.createQuery("SELECT id, password_hash FROM accounts WHERE id = :id AND deleted_at IS NULL")
                .bind("id", id)
                .map((row, context) -> new Credentials(row.getObject("id", UUID.class), row.getString("password_hash")))
                .findOne();
    }

    /// Holds an account until the transaction ends, so that its sessions begin and end one after the
    /// other.
    ///
    /// @return false when it is gone or its password was changed since its credentials were read
    public boolean lockUnchanged(Handle handle, Credentials credentials) {
        return handle.createQuery("""
                        SELECT 1 FROM accounts
                        WHERE id = :id AND password_hash = :passwordHash AND deleted_at IS NULL FOR NO KEY UPDATE
                        """)
                .bind("id", credentials.accountId())
                .bind("passwordHash", credentials.passwordHash())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /// Notes that an account signed in.
    public void recordLogin(Handle handle, UUID id, Instant now) {
        handle.createUpdate("UPDATE accounts SET last_login_at = :now WHERE id = :id")
                .bind("id", id)
                .bind("now", now)
                .execute();
    }

    /// Replaces the hash of an unchanged password.
    public void replaceHash(Handle handle, Credentials credentials, String passwordHash) {
        handle.createUpdate("""
                        UPDATE accounts SET password_hash = :passwordHash
                        WHERE id = :id AND password_hash = :before
                        """)
                .bind("id", credentials.accountId())
                .bind("before", credentials.passwordHash())
                .bind("passwordHash", passwordHash)
                .execute();
    }

    /// Sets another password.
    public void changePassword(Handle handle, UUID id, String passwordHash, Instant now) {
        handle.createUpdate("""
                        UPDATE accounts SET password_hash = :passwordHash, version = version + 1, updated_at = :now
                        WHERE id = :id
                        """)
                .bind("id", id)
                .bind("passwordHash", passwordHash)
                .bind("now", now)
                .execute();
    }

    /// NOT_FOUND with ACCOUNT_NOT_FOUND.
    public static ServiceException notFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND, "no such account");
    }

    static Account account(ResultSet row) throws SQLException {
        return new Account(
                row.getObject("id", UUID.class),
                row.getString("email"),
                row.getString("username"),
                AccountStatus.valueOf(row.getString("status")),
                texts(row, "roles"),
                texts(row, "permissions"),
                Columns.instant(row, "created_at"),
                Columns.instantOrNull(row, "last_login_at"));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return Stream.of((String[]) row.getArray(column).getArray()).sorted().toList();
    }

    /// What a broken rule of uniqueness tells the caller.
    static RuntimeException taken(UnableToExecuteStatementException failure) {
        if (failure.getCause() instanceof PSQLException sql
                && UNIQUE_VIOLATION.equals(sql.getSQLState())
                && sql.getServerErrorMessage() != null) {
            var constraint = sql.getServerErrorMessage().getConstraint();
            if ("accounts_email_living".equals(constraint)) {
                return Errors.alreadyExists(
                        ErrorReason.ERROR_REASON_EMAIL_TAKEN, "an account has this e-mail address", Map.of());
            }
            if ("accounts_username_living".equals(constraint)) {
                return Errors.alreadyExists(
                        ErrorReason.ERROR_REASON_USERNAME_TAKEN, "an account has this user name", Map.of());
            }
        }
        return failure;
    }
}
