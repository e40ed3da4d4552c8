package org.aula.auth.mail;

import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.UUID;

/// Rows of `registration_notices`.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface RegistrationNoticeRepository extends GenericRepository<RegistrationNoticeRepository.Notice, UUID> {

    /// When the owner of an account was told last.
    @MappedEntity("registration_notices")
    record Notice(UUID accountId, Instant toldAt) {}

    /// Notes that the owner of an account is told now.
    ///
    /// @return 0 when that happened since then
    @Query("""
            INSERT INTO registration_notices AS notice (account_id, told_at) VALUES (:accountId, :now)
            ON CONFLICT (account_id) DO UPDATE SET told_at = excluded.told_at WHERE notice.told_at <= :since
            """)
    int note(UUID accountId, Instant since, Instant now);
}
