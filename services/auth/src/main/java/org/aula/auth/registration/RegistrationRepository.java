package org.aula.auth.registration;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Handles;

/// Rows of `registrations`.
@Singleton
final class RegistrationRepository {

    RegistrationRepository() {}

    void insert(UUID accountId, Registration registration, Instant now) {
        Handles.current().createUpdate("""
                        INSERT INTO registrations
                            (account_id, first_name, last_name, language_code, time_zone, created_at)
                        VALUES (:accountId, :firstName, :lastName, :languageCode, :timeZone, :now)
                        """)
                .bind("accountId", accountId)
                .bind("firstName", registration.firstName())
                .bind("lastName", registration.lastName())
                .bind("languageCode", registration.languageCode())
                .bind("timeZone", registration.timeZone())
                .bind("now", now)
                .execute();
    }

    Optional<Registration> find(UUID accountId) {
        return Handles.current().createQuery("SELECT * FROM registrations WHERE account_id = :accountId")
                .bind("accountId", accountId)
                .map((row, context) -> new Registration(
                        row.getString("first_name"),
                        row.getString("last_name"),
                        row.getString("language_code"),
                        row.getString("time_zone")))
                .findOne();
    }

    /// Empties the names, which belong to the users service from now on.
    void blankNames(UUID accountId) {
        Handles.current().createUpdate("UPDATE registrations SET first_name = '', last_name = '' WHERE account_id = :accountId")
                .bind("accountId", accountId)
                .execute();
    }
}
