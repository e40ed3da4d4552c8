package org.aula.auth.mail;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Handles;

/// Rows of `email_changes`.
@Singleton
final class EmailChangeRepository {

    EmailChangeRepository() {}

    void insert(UUID id, UUID accountId, String formerEmail, Instant now) {
        Handles.current().createUpdate("""
                        INSERT INTO email_changes (id, account_id, former_email, changed_at)
                        VALUES (:id, :accountId, :formerEmail, :now)
                        """)
                .bind("id", id)
                .bind("accountId", accountId)
                .bind("formerEmail", formerEmail)
                .bind("now", now)
                .execute();
    }

    /// The address before a change.
    Optional<String> findFormerEmail(UUID id, UUID accountId) {
        return Handles.current().createQuery("""
                        SELECT former_email::text FROM email_changes WHERE id = :id AND account_id = :accountId
                        """)
                .bind("id", id)
                .bind("accountId", accountId)
                .mapTo(String.class)
                .findOne();
    }

    /// Forgets the addresses before changes of that time.
    void deleteOlder(Instant before) {
        Handles.current().createUpdate("DELETE FROM email_changes WHERE changed_at < :before")
                .bind("before", before)
                .execute();
    }
}
