package org.aula.auth.registration;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Rows of `registrations`.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface RegistrationRepository extends GenericRepository<Registration, UUID> {

    @Query("""
            INSERT INTO registrations (account_id, first_name, last_name, language_code, time_zone, created_at)
            VALUES (:accountId, :firstName, :lastName, :languageCode, :timeZone, :now)
            """)
    void insert(UUID accountId, String firstName, String lastName, String languageCode, String timeZone, Instant now);

    @Query("""
            SELECT first_name, last_name, language_code, time_zone FROM registrations WHERE account_id = :accountId
            """)
    Optional<Registration> find(UUID accountId);

    /// Empties the names, which belong to the users service from now on.
    @Query("UPDATE registrations SET first_name = '', last_name = '' WHERE account_id = :accountId")
    void blankNames(UUID accountId);
}
