package org.aula.auth.account;

import jakarta.inject.Singleton;
import java.util.Map;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.kernel.error.Errors;
import org.jdbi.v3.core.Handle;

/// Keeps somebody who can run the platform: a living account that may sign in and may give roles.
@Singleton
final class LastAdminRepository {

    private static final String RUNS_THE_PLATFORM = "roles:write";

    LastAdminRepository() {}

    /// Refuses a change that took away the last one. Comes after the change, in its transaction; the
    /// lock that orders changes of rights has let one such change through at a time.
    ///
    /// @param before the account as it was
    /// @throws org.aula.kernel.error.ServiceException FAILED_PRECONDITION with LAST_ADMIN
    void requireSomebody(Handle handle, Account before) {
        if (before.status().maySignIn()
                && before.permissions().contains(RUNS_THE_PLATFORM)
                && !isSomebodyLeft(handle)) {
            throw Errors.failedPrecondition(
                    ErrorReason.ERROR_REASON_LAST_ADMIN, "nobody would be left who can run the platform", Map.of());
        }
    }

    private static boolean isSomebodyLeft(Handle handle) {
        return handle.createQuery("""
                        SELECT EXISTS (
                            SELECT FROM accounts
                            WHERE deleted_at IS NULL AND status IN ('PENDING_VERIFICATION', 'ACTIVE')
                                AND (EXISTS (SELECT FROM account_roles JOIN role_permissions USING (role)
                                             WHERE account_id = accounts.id AND permission = :permission)
                                     OR EXISTS (SELECT FROM account_permissions
                                                WHERE account_id = accounts.id AND permission = :permission
                                                    AND granted))
                                AND NOT EXISTS (SELECT FROM account_permissions
                                                WHERE account_id = accounts.id AND permission = :permission
                                                    AND NOT granted))
                        """)
                .bind("permission", RUNS_THE_PLATFORM)
                .mapTo(Boolean.class)
                .one();
    }
}
