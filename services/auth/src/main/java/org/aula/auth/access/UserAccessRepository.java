package org.aula.auth.access;

import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.TextArray;

/// Rows of `account_roles` and `account_permissions`, and what follows from them.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface UserAccessRepository extends GenericRepository<UserAccessRepository.Rights, UUID> {

    /// What is said of a living account, in any order.
    ///
    /// @param grants permissions that it has beside its roles
    /// @param denials permissions that it does not have, whatever its roles
    /// @param ofRoles permissions of its roles
    @MappedEntity("accounts")
    record Rights(
            UUID id,
            @TextArray List<String> roles,
            @TextArray List<String> grants,
            @TextArray List<String> denials,
            @TextArray List<String> ofRoles) {}

    /// What a living account may do.
    default Optional<UserAccess> find(UUID accountId) {
        return findRights(accountId)
                .map(rights -> UserAccess.of(
                        rights.id(), rights.roles(), rights.grants(), rights.denials(), rights.ofRoles()));
    }

    @Query("""
            SELECT id,
                   ARRAY(SELECT role FROM account_roles WHERE account_id = :id) AS roles,
                   ARRAY(SELECT permission FROM account_permissions
                         WHERE account_id = :id AND granted) AS grants,
                   ARRAY(SELECT permission FROM account_permissions
                         WHERE account_id = :id AND NOT granted) AS denials,
                   ARRAY(SELECT DISTINCT permission FROM account_roles JOIN role_permissions USING (role)
                         WHERE account_id = :id) AS of_roles
            FROM accounts WHERE id = :id AND deleted_at IS NULL
            """)
    Optional<Rights> findRights(UUID id);

    /// Whether a living account may do something.
    @Query("""
            SELECT EXISTS (SELECT 1 FROM permissions WHERE name = :permission) AS permission_exists,
                   ARRAY(SELECT role FROM account_roles JOIN role_permissions USING (role)
                         WHERE account_id = :id AND permission = :permission) AS roles,
                   (SELECT CASE WHEN granted THEN 'GRANT' ELSE 'DENY' END FROM account_permissions
                    WHERE account_id = :id AND permission = :permission) AS direct,
                   status NOT IN ('ACTIVE', 'PENDING_VERIFICATION') AS account_inactive
            FROM accounts WHERE id = :id AND deleted_at IS NULL
            """)
    Optional<PermissionCheck> check(UUID id, String permission);

    @Query("INSERT INTO account_roles (account_id, role) VALUES (:accountId, :role) ON CONFLICT DO NOTHING")
    void addRole(UUID accountId, String role);

    @Query("DELETE FROM account_roles WHERE account_id = :accountId AND role = :role")
    void removeRole(UUID accountId, String role);

    @Query("""
            INSERT INTO account_permissions (account_id, permission, granted)
            VALUES (:accountId, :permission, :granted)
            ON CONFLICT (account_id, permission) DO UPDATE SET granted = excluded.granted
            """)
    void setPermission(UUID accountId, String permission, boolean granted);

    @Query("DELETE FROM account_permissions WHERE account_id = :accountId AND permission = :permission")
    void clearPermission(UUID accountId, String permission);
}
