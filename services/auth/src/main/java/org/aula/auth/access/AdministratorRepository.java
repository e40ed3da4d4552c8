package org.aula.auth.access;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Accounts that can run the platform, found by who holds the permission, of whom there are few.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface AdministratorRepository extends GenericRepository<Permission, String> {

    /// Whether there is one.
    ///
    /// @param permission what whoever runs the platform holds
    /// @param beside an account that does not count; null for none
    @Query("""
            SELECT EXISTS (
                SELECT 1
                FROM (SELECT account_id FROM role_permissions JOIN account_roles USING (role)
                      WHERE permission = :permission
                      UNION ALL
                      SELECT account_id FROM account_permissions
                      WHERE permission = :permission AND granted) AS holder
                JOIN accounts account ON account.id = holder.account_id
                WHERE account.deleted_at IS NULL AND account.status IN ('ACTIVE', 'PENDING_VERIFICATION')
                  AND account.id IS DISTINCT FROM CAST(:beside AS uuid)
                  AND NOT EXISTS (SELECT 1 FROM account_permissions denial
                                  WHERE denial.account_id = account.id
                                    AND denial.permission = :permission AND NOT denial.granted))
            """)
    boolean exists(String permission, @Nullable UUID beside);

    /// Keeps others from changing an account until the end of the transaction. The last condition tells
    /// Micronaut Data that this reads.
    @Query("SELECT id FROM accounts WHERE id = :accountId AND 'for update' <> '' FOR NO KEY UPDATE")
    Optional<UUID> lockAccount(UUID accountId);
}
