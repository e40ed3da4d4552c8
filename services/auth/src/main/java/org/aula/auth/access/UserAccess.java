package org.aula.auth.access;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/// What a living account may do, and why.
///
/// @param roles names, sorted
/// @param direct what was said of it beside its roles, by permission
/// @param permissions what follows, sorted
record UserAccess(UUID accountId, List<String> roles, SortedMap<String, GrantEffect> direct, List<String> permissions) {

    /// What follows from roles, their permissions, and what was said beside them.
    static UserAccess of(
            UUID accountId, List<String> roles, List<String> grants, List<String> denials, List<String> ofRoles) {
        var direct = new TreeMap<String, GrantEffect>();
        grants.forEach(permission -> direct.put(permission, GrantEffect.GRANT));
        denials.forEach(permission -> direct.put(permission, GrantEffect.DENY));
        var permissions = Stream.concat(ofRoles.stream(), grants.stream())
                .distinct()
                .filter(permission -> !denials.contains(permission))
                .sorted()
                .toList();
        return new UserAccess(accountId, roles.stream().sorted().toList(), direct, permissions);
    }
}
