package org.aula.auth.access;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.jspecify.annotations.Nullable;

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
    public void requireAnotherThan(UUID accountId) {
        repository.lockAccount(accountId);
        order.lockExclusive();
        if (exists(null) && !exists(accountId)) {
            throw lastAdmin();
        }
    }

    /// Runs a change of rights.
    ///
    /// @throws ServiceException FAILED_PRECONDITION with LAST_ADMIN when somebody could run the
    ///     platform before the change and nobody can afterwards
    void requireOneAfter(Runnable change) {
        order.lockExclusive();
        var someoneBefore = exists(null);
        change.run();
        if (someoneBefore && !exists(null)) {
            throw lastAdmin();
        }
    }

    private boolean exists(@Nullable UUID beside) {
        return repository.exists(Permission.RUNS_THE_PLATFORM, beside);
    }

    private static ServiceException lastAdmin() {
        return Errors.failedPrecondition(
                ErrorReason.ERROR_REASON_LAST_ADMIN, "the last administrator must remain", Map.of());
    }
}
