package org.aula.auth.mail;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Rows of `letter_requests`.
@Singleton
final class EmailRequestRepository {

    EmailRequestRepository() {}

    /// What a visitor asked for.
    record EmailRequest(EmailKind kind, String email) {}

    void insert(Handle handle, UUID id, EmailRequest request, Instant now) {
        handle.createUpdate("""
                        INSERT INTO letter_requests (id, kind, email, created_at) VALUES (:id, :kind, :email, :now)
                        """)
                .bind("id", id)
                .bind("kind", request.kind().name())
                .bind("email", request.email())
                .bind("now", now)
                .execute();
    }

    /// Takes a request away to work on it; a transaction that fails puts it back.
    Optional<EmailRequest> take(Handle handle, UUID id) {
        return handle.createUpdate("DELETE FROM letter_requests WHERE id = :id")
                .bind("id", id)
                .executeAndReturnGeneratedKeys("kind", "email")
                .map((row, context) ->
                        new EmailRequest(EmailKind.valueOf(row.getString("kind")), row.getString("email")))
                .findOne();
    }

    /// Requests that wait, the oldest first.
    List<UUID> findOldest(Handle handle, int limit) {
        return handle.createQuery("SELECT id FROM letter_requests ORDER BY created_at LIMIT :limit")
                .bind("limit", limit)
                .mapTo(UUID.class)
                .list();
    }

    /// Gives up requests of that time.
    void deleteOlder(Handle handle, Instant before) {
        handle.createUpdate("DELETE FROM letter_requests WHERE created_at < :before")
                .bind("before", before)
                .execute();
    }
}
