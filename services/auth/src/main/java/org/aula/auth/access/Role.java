package org.aula.auth.access;

import io.micronaut.data.annotation.MappedEntity;
import java.util.List;
import java.util.Map;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.TextArray;

/// A named bundle of permissions.
///
/// @param permissions names, sorted
/// @param builtIn whether the platform itself gives it
/// @param accountCount how many living accounts hold it
@MappedEntity("roles")
record Role(
        String name,
        String description,
        @TextArray List<String> permissions,
        boolean builtIn,
        long accountCount,
        long version) {

    private static final String ADMIN = "admin";

    Role {
        permissions = permissions.stream().sorted().toList();
    }

    /// A role that is to be made.
    static Role draft(String name, String description, List<String> permissions) {
        return new Role(name, description, permissions, false, 0, 1);
    }

    String etag() {
        return Long.toString(version);
    }

    Role describe(String text) {
        return new Role(name, text, permissions, builtIn, accountCount, version);
    }

    /// The role with other permissions.
    ///
    /// @throws ServiceException FAILED_PRECONDITION with BUILT_IN when administrators could no longer
    ///     give roles
    Role permit(List<String> names) {
        if (name.equals(ADMIN) && !names.contains(Permission.RUNS_THE_PLATFORM)) {
            throw builtIn("the role " + ADMIN + " keeps " + Permission.RUNS_THE_PLATFORM);
        }
        return new Role(name, description, names, builtIn, accountCount, version);
    }

    Role nextVersion() {
        return new Role(name, description, permissions, builtIn, accountCount, version + 1);
    }

    /// @throws ServiceException FAILED_PRECONDITION with BUILT_IN or ROLE_IN_USE
    void requireDeletable() {
        if (builtIn) {
            throw builtIn("the platform itself gives this role");
        }
        if (accountCount > 0) {
            throw Errors.failedPrecondition(
                    ErrorReason.ERROR_REASON_ROLE_IN_USE,
                    "accounts hold this role",
                    Map.of("count", Long.toString(accountCount)));
        }
    }

    static ServiceException builtIn(String message) {
        return Errors.failedPrecondition(ErrorReason.ERROR_REASON_BUILT_IN, message, Map.of());
    }
}
