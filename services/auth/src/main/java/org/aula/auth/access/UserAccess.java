package org.aula.auth.access;

import java.util.List;
import java.util.SortedMap;
import java.util.UUID;

/// What a living account may do, and why.
///
/// @param roles names, sorted
/// @param direct what was said of it beside its roles, by permission
/// @param permissions what follows, sorted
record UserAccess(
        UUID accountId, List<String> roles, SortedMap<String, GrantEffect> direct, List<String> permissions) {}
