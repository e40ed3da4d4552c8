package org.aula.auth.access;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.kernel.postgres.Handles;
import org.jspecify.annotations.Nullable;

/// Accounts that can run the platform, found by who holds the permission, of whom there are few.
@Singleton
final class AdministratorRepository {

    AdministratorRepository() {}

    /// Whether there is one.
    boolean exists() {
        return exists(null);
    }

    /// Whether there is one beside this account.
    boolean existsBeside(UUID accountId) {
        return exists(accountId);
    }

    void lockAccount(UUID accountId) {
        Handles.current().execute("SELECT 1 FROM accounts WHERE id = ? FOR NO KEY UPDATE", accountId);
    }

    private static boolean exists(@Nullable UUID beside) {
        return Handles.current().createQuery("""
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
                .bind("permission", Permission.RUNS_THE_PLATFORM)
                .bind("beside", beside)
                .mapTo(Boolean.class)
                .one();
    }
}
