package org.aula.auth.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether an account may do something, and why.
///
/// @param roles names of the roles that give it, sorted
/// @param direct what was said of the account beside its roles, null for nothing
/// @param accountInactive whether the account is put aside or barred, which allows nothing
record PermissionCheck(List<String> roles, @Nullable GrantEffect direct, boolean accountInactive) {

    boolean isAllowed() {
        return !accountInactive && direct != GrantEffect.DENY && (direct == GrantEffect.GRANT || !roles.isEmpty());
    }
}
