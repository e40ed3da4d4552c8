package org.aula.auth.mail;

import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Sql;

/// Rows of `email_requests`.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface EmailRequestRepository extends GenericRepository<EmailRequestRepository.EmailRequest, UUID> {

    /// What a visitor asked for.
    @MappedEntity("email_requests")
    record EmailRequest(UUID id, EmailKind kind, String email, Instant createdAt) {}

    @Query("INSERT INTO email_requests (id, kind, email, created_at) VALUES (:id, :kind, :email, :createdAt)")
    void insert(EmailRequest request);

    /// Takes a request away to work on it; a transaction that fails puts it back.
    default Optional<EmailRequest> take(UUID id) {
        return Sql.of("DELETE FROM email_requests WHERE id = ? RETURNING id, kind, email, created_at", id)
                .find(EmailRequest.class);
    }

    /// Requests that wait, the oldest first.
    @Query("SELECT id FROM email_requests ORDER BY created_at LIMIT :limit")
    List<UUID> findOldest(int limit);

    /// Gives up requests of that time.
    @Query("DELETE FROM email_requests WHERE created_at < :before")
    void deleteOlder(Instant before);
}
