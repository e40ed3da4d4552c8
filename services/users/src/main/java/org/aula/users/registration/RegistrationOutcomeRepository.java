package org.aula.users.registration;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.kernel.postgres.Handles;

/// Registrations of which nothing is left: rows of `sagas`.
@Singleton
final class RegistrationOutcomeRepository {

    RegistrationOutcomeRepository() {}

    /// Notes that a registration was undone.
    ///
    /// @return whether it is the first time
    boolean undone(UUID userId) {
        return Handles.current().createUpdate("""
                        INSERT INTO sagas (id, kind, state, step) VALUES (:id, 'registration', 'FAILED', 'undone')
                        ON CONFLICT (id) DO NOTHING
                        """).bind("id", userId).execute() == 1;
    }

    boolean isUndone(UUID userId) {
        return Handles.current().createQuery("SELECT EXISTS (SELECT 1 FROM sagas WHERE id = :id)")
                .bind("id", userId)
                .mapTo(Boolean.class)
                .one();
    }
}
