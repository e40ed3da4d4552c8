package org.aula.users.registration;

import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.UUID;

/// Registrations of which nothing is left: rows of `sagas`.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface RegistrationOutcomeRepository extends GenericRepository<RegistrationOutcomeRepository.Outcome, UUID> {

    /// A registration that was undone.
    @MappedEntity("sagas")
    record Outcome(UUID id) {}

    /// Notes that a registration was undone.
    ///
    /// @return whether it is the first time
    default boolean undone(UUID userId) {
        return insert(userId) == 1;
    }

    /// @return 0 when it was noted before
    @Query("""
            INSERT INTO sagas (id, kind, state, step) VALUES (:userId, 'registration', 'FAILED', 'undone')
            ON CONFLICT (id) DO NOTHING
            """)
    int insert(UUID userId);

    @Query("SELECT EXISTS (SELECT 1 FROM sagas WHERE id = :userId)")
    boolean isUndone(UUID userId);
}
