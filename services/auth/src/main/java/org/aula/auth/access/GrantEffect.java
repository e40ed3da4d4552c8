package org.aula.auth.access;

/// What is said of one account beside its roles.
enum GrantEffect {
    /// Given, whatever the roles say.
    GRANT,
    /// Taken, whatever the roles say.
    DENY
}
