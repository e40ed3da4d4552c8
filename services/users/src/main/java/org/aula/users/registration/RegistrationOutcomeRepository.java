package org.aula.users.registration;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Registrations of which nothing is left: rows of `sagas`.
@Singleton
final class RegistrationOutcomeRepository {

    RegistrationOutcomeRepository() {}

    /// Notes that a registration was undone.
    ///
    /// @return whether it is the first time
    boolean undone(Handle handle, UUID userId) {
        return handle.createUpdate("""
                        INSERT INTO sagas (id, kind, state, step) VALUES (:id, 'registration', 'FAILED', 'undone')
                        ON CONFLICT (id) DO NOTHING
                        """).bind("id", userId).execute() == 1;
    }

    boolean isUndone(Handle handle, UUID userId) {
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM sagas WHERE id = :id)")
                .bind("id", userId)
                .mapTo(Boolean.class)
                .one();
    }
}
