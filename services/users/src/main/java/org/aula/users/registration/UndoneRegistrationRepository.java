package org.aula.users.registration;

import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.UUID;

/// Registrations of which nothing is left.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface UndoneRegistrationRepository
        extends GenericRepository<UndoneRegistrationRepository.UndoneRegistration, UUID> {

    /// A registration that was undone.
    @MappedEntity("undone_registrations")
    record UndoneRegistration(UUID id) {}

    /// Notes that a registration was undone.
    ///
    /// @return whether it is the first time
    default boolean add(UUID userId) {
        return insert(userId) == 1;
    }

    /// @return 0 when it was noted before
    @Query("INSERT INTO undone_registrations (id) VALUES (:userId) ON CONFLICT (id) DO NOTHING")
    int insert(UUID userId);

    @Query("SELECT EXISTS (SELECT 1 FROM undone_registrations WHERE id = :userId)")
    boolean contains(UUID userId);
}
