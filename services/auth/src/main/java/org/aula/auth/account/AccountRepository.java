package org.aula.auth.account;

import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Sql;

/// Rows of `accounts` and what hangs on them.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface AccountRepository extends GenericRepository<Account, UUID> {

    /// Accounts with their roles and permissions; conditions follow.
    String SELECT = """
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

    /// What living accounts are signed in to with; conditions follow.
    String CREDENTIALS = "SELECT id AS account_id, password_hash FROM accounts WHERE deleted_at IS NULL";

    /// Accounts that have their address verified, or whose administrator vouched for it: of each address one.
    String VERIFIED = " (status = 'ACTIVE' OR email_verified) ";

    /// What signing in compares with.
    ///
    /// @param passwordHash a PHC string
    @MappedEntity("accounts")
    record Credentials(UUID accountId, String passwordHash) {}

    /// Adds an account whose address is not verified yet. The name is unique among living accounts, see
    /// [AccountErrors#taken]; the address among the verified.
    ///
    /// @param username empty for none
    @Query("""
            INSERT INTO accounts (id, email, username, password_hash, status, created_at, updated_at)
            VALUES (:id, :email, nullif(:username, ''), :passwordHash, 'PENDING_VERIFICATION', :now, :now)
            """)
    void insert(UUID id, String email, String username, String passwordHash, Instant now);

    /// Gives an account a role.
    @Query("INSERT INTO account_roles (account_id, role) VALUES (:accountId, :role)")
    void addRole(UUID accountId, String role);

    /// A living account with its roles and permissions as they are now.
    @Query(SELECT + "WHERE id = :id AND deleted_at IS NULL")
    Optional<Account> find(UUID id);

    /// A living account whose row nobody else changes until this transaction ends. It is the first lock of
    /// every change of an account. The last condition tells Micronaut Data that this reads.
    @Query(SELECT + "WHERE id = :id AND deleted_at IS NULL AND 'for update' <> '' FOR NO KEY UPDATE OF accounts")
    Optional<Account> lock(UUID id);

    /// The living ones of many accounts, in any order.
    default List<Account> findAll(List<UUID> ids) {
        return Sql.of(SELECT + "WHERE id = ANY(?) AND deleted_at IS NULL", (Object) ids.toArray(UUID[]::new))
                .list(Account.class);
    }

    /// Living accounts, made of the conditions that are asked for.
    default List<Account> list(AccountQuery query) {
        var sql = Sql.of(SELECT + "WHERE deleted_at IS NULL");
        if (query.status() != null) {
            sql.add(" AND status = ?", query.status().name());
        }
        if (!query.role().isEmpty()) {
            sql.add(" AND id IN (SELECT account_id FROM account_roles WHERE role = ?)", query.role());
        }
        if (!query.prefix().isEmpty()) {
            var prefix = query.prefix().toLowerCase(Locale.ROOT).replaceAll("([\\\\%_])", "\\\\$1") + "%";
            sql.add(" AND (lower(email::text) LIKE ? OR lower(username::text) LIKE ?)", prefix, prefix);
        }
        if (query.after() != null) {
            sql.add(" AND id < ?", query.after());
        }
        return sql.add(" ORDER BY id DESC LIMIT ?", query.limit()).list(Account.class);
    }

    /// The account that has verified this address.
    @Query("SELECT id FROM accounts WHERE email = CAST(:email AS citext) AND deleted_at IS NULL AND" + VERIFIED)
    Optional<UUID> findOwner(String email);

    /// The account that has verified this address, else the one that said last that it has it.
    @Query("""
            SELECT id FROM accounts WHERE email = CAST(:email AS citext) AND deleted_at IS NULL
            ORDER BY (status = 'ACTIVE' OR email_verified) DESC, created_at DESC LIMIT 1
            """)
    Optional<UUID> findIdByEmail(String email);

    /// Of the account that has verified an address.
    @Query(CREDENTIALS + " AND email = CAST(:email AS citext) AND" + VERIFIED)
    Optional<Credentials> findCredentialsOfOwner(String email);

    /// Of the account that said last that it has an address, and has not verified it.
    @Query(CREDENTIALS + " AND email = CAST(:email AS citext) AND NOT" + VERIFIED + "ORDER BY created_at DESC LIMIT 1")
    Optional<Credentials> findCredentialsOfClaimant(String email);

    @Query(CREDENTIALS + " AND username = CAST(:username AS citext)")
    Optional<Credentials> findCredentialsByUsername(String username);

    @Query(CREDENTIALS + " AND id = :id")
    Optional<Credentials> findCredentials(UUID id);

    /// Locks a living account whose password is still the same until the transaction ends, so that its
    /// sessions begin and end one after the other.
    ///
    /// @return empty when it is gone or its password was changed since its credentials were read
    @Query("""
            SELECT id FROM accounts
            WHERE id = :id AND password_hash = :passwordHash AND deleted_at IS NULL
              AND 'for update' <> '' FOR NO KEY UPDATE
            """)
    Optional<UUID> lockUnchanged(UUID id, String passwordHash);

    /// Notes that an account signed in.
    @Query("UPDATE accounts SET last_login_at = :now WHERE id = :id")
    void recordLogin(UUID id, Instant now);

    /// Replaces the hash of an unchanged password.
    @Query("UPDATE accounts SET password_hash = :passwordHash WHERE id = :id AND password_hash = :before")
    void replaceHash(UUID id, String before, String passwordHash);

    /// Sets another password.
    @Query("""
            UPDATE accounts SET password_hash = :passwordHash, version = version + 1, updated_at = :now
            WHERE id = :id
            """)
    void changePassword(UUID id, String passwordHash, Instant now);
}
