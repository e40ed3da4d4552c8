package org.aula.auth.access;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.aula.kernel.postgres.Handles;

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
    List<Role> list() {
        return Handles.current().createQuery(ROLES + "ORDER BY name")
                .map((row, context) -> role(row))
                .list();
    }

    Optional<Role> find(String name) {
        return Handles.current().createQuery(ROLES + "WHERE name = :name")
                .bind("name", name)
                .map((row, context) -> role(row))
                .findOne();
    }

    /// @return false when there is a role of this name
    boolean insert(Role role) {
        var inserted = Handles.current().createUpdate("""
                                INSERT INTO roles (name, description, version) VALUES (:name, :description, :version)
                                ON CONFLICT DO NOTHING
                                """)
                        .bind("name", role.name())
                        .bind("description", role.description())
                        .bind("version", role.version())
                        .execute()
                == 1;
        if (inserted) {
            permit(role);
        }
        return inserted;
    }

    void update(Role role) {
        Handles.current().createUpdate("UPDATE roles SET description = :description, version = :version WHERE name = :name")
                .bind("name", role.name())
                .bind("description", role.description())
                .bind("version", role.version())
                .execute();
        Handles.current().createUpdate("DELETE FROM role_permissions WHERE role = :role AND permission <> ALL (:permissions)")
                .bind("role", role.name())
                .bindArray("permissions", String.class, role.permissions())
                .execute();
        permit(role);
    }

    /// Deletes a role that no living account holds.
    void delete(String name) {
        Handles.current().execute("DELETE FROM account_roles WHERE role = ?", name);
        Handles.current().execute("DELETE FROM roles WHERE name = ?", name);
    }

    /// Every permission by name.
    List<Permission> listPermissions() {
        return Handles.current().createQuery("SELECT name, description, built_in FROM permissions ORDER BY name")
                .map((row, context) -> permission(row))
                .list();
    }

    Optional<Permission> findPermission(String name) {
        return Handles.current().createQuery("SELECT name, description, built_in FROM permissions WHERE name = :name")
                .bind("name", name)
                .map((row, context) -> permission(row))
                .findOne();
    }

    /// Those of these names that are no permissions, in the order in which they came.
    List<String> unknownPermissions(List<String> names) {
        var known = Handles.current().createQuery("SELECT name FROM permissions WHERE name = ANY (:names)")
                .bindArray("names", String.class, names)
                .mapTo(String.class)
                .set();
        return names.stream().filter(name -> !known.contains(name)).toList();
    }

    /// @return false when there is a permission of this name
    boolean insertPermission(Permission permission) {
        return Handles.current().createUpdate("""
                                INSERT INTO permissions (name, description) VALUES (:name, :description)
                                ON CONFLICT DO NOTHING
                                """)
                        .bind("name", permission.name())
                        .bind("description", permission.description())
                        .execute()
                == 1;
    }

    /// Deletes a permission; roles and accounts lose it.
    void deletePermission(String name) {
        Handles.current().execute("DELETE FROM permissions WHERE name = ?", name);
    }

    /// Names of the roles that have a permission.
    List<String> rolesWith(String permission) {
        return Handles.current().createQuery("SELECT role FROM role_permissions WHERE permission = :permission ORDER BY role")
                .bind("permission", permission)
                .mapTo(String.class)
                .list();
    }

    /// The accounts of which something is said about a permission.
    List<UUID> accountsWith(String permission) {
        return Handles.current().createQuery("SELECT account_id FROM account_permissions WHERE permission = :permission")
                .bind("permission", permission)
                .mapTo(UUID.class)
                .list();
    }

    private static void permit(Role role) {
        Handles.current().createUpdate("""
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
