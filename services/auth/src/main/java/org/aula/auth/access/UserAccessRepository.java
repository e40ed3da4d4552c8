package org.aula.auth.access;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// Rows of `account_roles` and `account_permissions`, and what follows from them.
@Singleton
final class UserAccessRepository {

    UserAccessRepository() {}

    /// A check of an account and a permission.
    ///
    /// @param permissionExists whether there is such a permission at all
    record Check(boolean permissionExists, PermissionCheck result) {}

    /// What a living account may do.
    Optional<UserAccess> find(Handle handle, UUID accountId) {
        return handle.createQuery("""
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
                .bind("id", accountId)
                .map((row, context) -> access(row))
                .findOne();
    }

    /// Whether a living account may do something.
    Optional<Check> check(Handle handle, UUID accountId, String permission) {
        return handle.createQuery("""
                        SELECT status NOT IN ('ACTIVE', 'PENDING_VERIFICATION') AS inactive,
                               EXISTS (SELECT 1 FROM permissions WHERE name = :permission) AS known,
                               ARRAY(SELECT role FROM account_roles JOIN role_permissions USING (role)
                                     WHERE account_id = :id AND permission = :permission) AS roles,
                               (SELECT CASE WHEN granted THEN 'GRANT' ELSE 'DENY' END FROM account_permissions
                                WHERE account_id = :id AND permission = :permission) AS direct
                        FROM accounts WHERE id = :id AND deleted_at IS NULL
                        """)
                .bind("id", accountId)
                .bind("permission", permission)
                .map((row, context) -> check(row))
                .findOne();
    }

    void addRole(Handle handle, UUID accountId, String role) {
        handle.createUpdate("""
                        INSERT INTO account_roles (account_id, role) VALUES (:accountId, :role) ON CONFLICT DO NOTHING
                        """).bind("accountId", accountId).bind("role", role).execute();
    }

    void removeRole(Handle handle, UUID accountId, String role) {
        handle.execute("DELETE FROM account_roles WHERE account_id = ? AND role = ?", accountId, role);
    }

    void setPermission(Handle handle, UUID accountId, String permission, GrantEffect effect) {
        handle.createUpdate("""
                        INSERT INTO account_permissions (account_id, permission, granted)
                        VALUES (:accountId, :permission, :granted)
                        ON CONFLICT (account_id, permission) DO UPDATE SET granted = excluded.granted
                        """)
                .bind("accountId", accountId)
                .bind("permission", permission)
                .bind("granted", effect == GrantEffect.GRANT)
                .execute();
    }

    void clearPermission(Handle handle, UUID accountId, String permission) {
        handle.execute(
                "DELETE FROM account_permissions WHERE account_id = ? AND permission = ?", accountId, permission);
    }

    private static UserAccess access(ResultSet row) throws SQLException {
        var grants = texts(row, "grants");
        var denials = texts(row, "denials");
        var direct = new TreeMap<String, GrantEffect>();
        grants.forEach(permission -> direct.put(permission, GrantEffect.GRANT));
        denials.forEach(permission -> direct.put(permission, GrantEffect.DENY));
        var permissions = Stream.concat(texts(row, "of_roles").stream(), grants.stream())
                .distinct()
                .filter(permission -> !denials.contains(permission))
                .sorted()
                .toList();
        return new UserAccess(row.getObject("id", UUID.class), texts(row, "roles"), direct, permissions);
    }

    private static Check check(ResultSet row) throws SQLException {
        var direct = row.getString("direct");
        return new Check(
                row.getBoolean("known"),
                new PermissionCheck(
                        texts(row, "roles"),
                        direct == null ? null : GrantEffect.valueOf(direct),
                        row.getBoolean("inactive")));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return Stream.of((String[]) row.getArray(column).getArray()).sorted().toList();
    }
}
