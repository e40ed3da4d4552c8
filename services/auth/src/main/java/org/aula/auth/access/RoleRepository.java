package org.aula.auth.access;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// Rows of `roles`, `permissions` and `role_permissions`.
@Singleton
final class RoleRepository {

    private static final String ROLES = """
            SELECT name, description, built_in, version,
                   ARRAY(SELECT permission FROM role_permissions WHERE role = name) AS permissions,
                   (SELECT count(*) FROM account_roles JOIN accounts ON accounts.id = account_id
                    WHERE account_roles.role = roles.name AND deleted_at IS NULL) AS account_count
            FROM roles
            """;

    RoleRepository() {}

    /// Every role by name.
    List<Role> list(Handle handle) {
        return handle.createQuery(ROLES + "ORDER BY name")
                .map((row, context) -> role(row))
                .list();
    }

    Optional<Role> find(Handle handle, String name) {
        return handle.createQuery(ROLES + "WHERE name = :name")
                .bind("name", name)
                .map((row, context) -> role(row))
                .findOne();
    }

    /// @return false when there is a role of this name
    boolean insert(Handle handle, Role role) {
        var inserted = handle.createUpdate("""
                                INSERT INTO roles (name, description, version) VALUES (:name, :description, :version)
                                ON CONFLICT DO NOTHING
                                """)
                        .bind("name", role.name())
                        .bind("description", role.description())
                        .bind("version", role.version())
                        .execute()
                == 1;
        if (inserted) {
            permit(handle, role);
        }
        return inserted;
    }

    void update(Handle handle, Role role) {
        handle.createUpdate("UPDATE roles SET description = :description, version = :version WHERE name = :name")
                .bind("name", role.name())
                .bind("description", role.description())
                .bind("version", role.version())
                .execute();
        handle.createUpdate("DELETE FROM role_permissions WHERE role = :role AND permission <> ALL (:permissions)")
                .bind("role", role.name())
                .bindArray("permissions", String.class, role.permissions())
                .execute();
        permit(handle, role);
    }

    /// Deletes a role that no living account holds.
    void delete(Handle handle, String name) {
        handle.execute("DELETE FROM account_roles WHERE role = ?", name);
        handle.execute("DELETE FROM roles WHERE name = ?", name);
    }

    /// Every permission by name.
    List<Permission> listPermissions(Handle handle) {
        return handle.createQuery("SELECT name, description, built_in FROM permissions ORDER BY name")
                .map((row, context) -> permission(row))
                .list();
    }

    Optional<Permission> findPermission(Handle handle, String name) {
        return handle.createQuery("SELECT name, description, built_in FROM permissions WHERE name = :name")
                .bind("name", name)
                .map((row, context) -> permission(row))
                .findOne();
    }

    /// Those of these names that are no permissions, in the order in which they came.
    List<String> unknownPermissions(Handle handle, List<String> names) {
        var known = handle.createQuery("SELECT name FROM permissions WHERE name = ANY (:names)")
                .bindArray("names", String.class, names)
                .mapTo(String.class)
                .set();
        return names.stream().filter(name -> !known.contains(name)).toList();
    }

    /// @return false when there is a permission of this name
    boolean insertPermission(Handle handle, Permission permission) {
        return handle.createUpdate("""
                                INSERT INTO permissions (name, description) VALUES (:name, :description)
                                ON CONFLICT DO NOTHING
                                """)
                        .bind("name", permission.name())
                        .bind("description", permission.description())
                        .execute()
                == 1;
    }

    /// Deletes a permission; roles and accounts lose it.
    void deletePermission(Handle handle, String name) {
        handle.execute("DELETE FROM permissions WHERE name = ?", name);
    }

    /// Names of the roles that have a permission.
    List<String> rolesWith(Handle handle, String permission) {
        return handle.createQuery("SELECT role FROM role_permissions WHERE permission = :permission ORDER BY role")
                .bind("permission", permission)
                .mapTo(String.class)
                .list();
    }

    /// The accounts of which something is said about a permission.
    List<UUID> accountsWith(Handle handle, String permission) {
        return handle.createQuery("SELECT account_id FROM account_permissions WHERE permission = :permission")
                .bind("permission", permission)
                .mapTo(UUID.class)
                .list();
    }

    private static void permit(Handle handle, Role role) {
        handle.createUpdate("""
                        INSERT INTO role_permissions (role, permission) SELECT :role, unnest(:permissions)
                        ON CONFLICT DO NOTHING
                        """)
                .bind("role", role.name())
                .bindArray("permissions", String.class, role.permissions())
                .execute();
    }

    private static Permission permission(ResultSet row) throws SQLException {
        return new Permission(row.getString("name"), row.getString("description"), row.getBoolean("built_in"));
    }

    private static Role role(ResultSet row) throws SQLException {
        return new Role(
                row.getString("name"),
                row.getString("description"),
                Stream.of((String[]) row.getArray("permissions").getArray())
                        .sorted()
                        .toList(),
                row.getBoolean("built_in"),
                row.getLong("account_count"),
                row.getLong("version"));
    }
}
