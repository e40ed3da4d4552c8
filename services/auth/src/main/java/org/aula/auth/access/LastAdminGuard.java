package org.aula.auth.access;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.jdbi.v3.core.Handle;

/// Sees to it that somebody can always run the platform: a living account that may sign in and holds
/// `roles:write`. Changes that could leave nobody wait for each other, so two of them cannot do
/// together what neither may alone.
@Singleton
public final class LastAdminGuard {

    private final AdministratorRepository repository;
    private final RightsLockRepository order;

    LastAdminGuard(AdministratorRepository repository, RightsLockRepository order) {
        this.repository = repository;
        this.order = order;
    }

    /// For what is about to put an account out of use.
    ///
    /// @throws ServiceException FAILED_PRECONDITION with LAST_ADMIN when only this account can run the
    ///     platform
    public void requireAnotherThan(Handle handle, UUID accountId) {
        repository.lockAccount(handle, accountId);
        order.lockExclusive(handle);
        if (repository.exists(handle) && !repository.existsBeside(handle, accountId)) {
            throw lastAdmin();
        }
    }

    /// Runs a change of rights.
    ///
    /// @throws ServiceException FAILED_PRECONDITION with LAST_ADMIN when somebody could run the
    ///     platform before the change and nobody can afterwards
    void requireOneAfter(Handle handle, Runnable change) {
        order.lockExclusive(handle);
        var someoneBefore = repository.exists(handle);
        change.run();
        if (someoneBefore && !repository.exists(handle)) {
            throw lastAdmin();
        }
    }

    private static ServiceException lastAdmin() {
        return Errors.failedPrecondition(
                ErrorReason.ERROR_REASON_LAST_ADMIN, "nobody would be left who can run the platform", Map.of());
    }
}
