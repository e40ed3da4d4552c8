package org.aula.auth.access;

import io.micronaut.data.annotation.MappedEntity;
import java.util.List;
import org.aula.kernel.postgres.TextArray;
import org.jspecify.annotations.Nullable;

/// Whether an account may do something, and why.
///
/// @param permissionExists whether there is such a permission at all
/// @param roles names of the roles that give it, sorted
/// @param direct what was said of the account beside its roles, null for nothing
/// @param accountInactive whether the account is put aside or barred, which allows nothing
@MappedEntity("accounts")
record PermissionCheck(
        boolean permissionExists,
        @TextArray List<String> roles,
        @Nullable GrantEffect direct,
        boolean accountInactive) {

    PermissionCheck {
        roles = roles.stream().sorted().toList();
    }

    boolean isAllowed() {
        return !accountInactive && direct != GrantEffect.DENY && (direct == GrantEffect.GRANT || !roles.isEmpty());
    }
}
