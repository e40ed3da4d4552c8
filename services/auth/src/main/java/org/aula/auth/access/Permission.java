package org.aula.auth.access;

import io.micronaut.data.annotation.MappedEntity;

/// What may be done to what.
///
/// @param name `resource:action`
/// @param builtIn whether the platform itself asks for it
@MappedEntity("permissions")
record Permission(String name, String description, boolean builtIn) {

    /// What whoever runs the platform must hold, since it can give everything else.
    static final String RUNS_THE_PLATFORM = "roles:write";

    String resource() {
        return name.substring(0, name.indexOf(':'));
    }

    String action() {
        return name.substring(name.indexOf(':') + 1);
    }
}
