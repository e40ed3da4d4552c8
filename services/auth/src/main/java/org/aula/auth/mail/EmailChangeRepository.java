package org.aula.auth.mail;

import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Rows of `email_changes`.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface EmailChangeRepository extends GenericRepository<EmailChangeRepository.EmailChange, UUID> {

    /// That an account got another address.
    ///
    /// @param formerEmail the address before
    @MappedEntity("email_changes")
    record EmailChange(UUID id, UUID accountId, String formerEmail, Instant changedAt) {}

    @Query("""
            INSERT INTO email_changes (id, account_id, former_email, changed_at)
            VALUES (:id, :accountId, :formerEmail, :changedAt)
            """)
    void insert(EmailChange change);

    /// The address before a change.
    @Query("SELECT CAST(former_email AS text) FROM email_changes WHERE id = :id AND account_id = :accountId")
    Optional<String> findFormerEmail(UUID id, UUID accountId);

    /// Forgets the addresses before changes of that time.
    @Query("DELETE FROM email_changes WHERE changed_at < :before")
    void deleteOlder(Instant before);
}
