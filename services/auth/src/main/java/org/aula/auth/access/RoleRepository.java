package org.aula.auth.access;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.TextArray;

/// Rows of `roles`, `permissions` and `role_permissions`.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface RoleRepository extends GenericRepository<Role, String> {

    String ROLES = """
            SELECT name, description, built_in, version,
                   ARRAY(SELECT permission FROM role_permissions WHERE role = name) AS permissions,
                   (SELECT count(*) FROM account_roles JOIN accounts ON accounts.id = account_id
                    WHERE account_roles.role = roles.name AND deleted_at IS NULL) AS account_count
            FROM roles
            """;

    /// Every role by name.
    @Query(ROLES + "ORDER BY name")
    List<Role> list();

    @Query(ROLES + "WHERE name = :name")
    Optional<Role> find(String name);

    /// Adds a role without permissions.
    ///
    /// @return 0 when there is a role of this name
    @Query("""
            INSERT INTO roles (name, description, version) VALUES (:name, :description, :version)
            ON CONFLICT DO NOTHING
            """)
    int insert(String name, String description, long version);

    /// Writes all of a role but its permissions.
    @Query("UPDATE roles SET description = :description, version = :version WHERE name = :name")
    void update(Role role);

    /// Gives a role these permissions, those that it has aside.
    @Query("""
            INSERT INTO role_permissions (role, permission) SELECT :role, unnest(CAST(:permissions AS text[]))
            ON CONFLICT DO NOTHING
            """)
    void addPermissions(String role, @TextArray List<String> permissions);

    /// Takes all other permissions from a role.
    @Query("DELETE FROM role_permissions WHERE role = :role AND permission <> ALL (:permissions)")
    void removeOtherPermissions(String role, @TextArray List<String> permissions);

    /// Takes a role from every account that holds it, which are deleted ones when it is to be deleted.
    @Query("DELETE FROM account_roles WHERE role = :name")
    void unassign(String name);

    @Query("DELETE FROM roles WHERE name = :name")
    void delete(String name);

    /// Every permission by name.
    @Query("SELECT name, description, built_in FROM permissions ORDER BY name")
    List<Permission> listPermissions();

    @Query("SELECT name, description, built_in FROM permissions WHERE name = :name")
    Optional<Permission> findPermission(String name);

    /// Those of these names that are permissions.
    @Query("SELECT name FROM permissions WHERE name = ANY (:names)")
    List<String> findPermissionNames(@TextArray List<String> names);

    /// @return 0 when there is a permission of this name
    @Query("INSERT INTO permissions (name, description) VALUES (:name, :description) ON CONFLICT DO NOTHING")
    int insertPermission(String name, String description);

    /// Deletes a permission; roles and accounts lose it.
    @Query("DELETE FROM permissions WHERE name = :name")
    void deletePermission(String name);

    /// Names of the roles that have a permission.
    @Query("SELECT role FROM role_permissions WHERE permission = :permission ORDER BY role")
    List<String> rolesWith(String permission);

    /// The accounts of which something is said about a permission.
    @Query("SELECT account_id FROM account_permissions WHERE permission = :permission")
    List<UUID> accountsWith(String permission);
}
