package org.aula.kernel.operation;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.UUID;

/// Deletes what the technical tables no longer need.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface SweepRepository extends GenericRepository<OperationRow, UUID> {

    @Query("DELETE FROM inbox WHERE received_at < :before")
    void deleteInboxBefore(Instant before);

    @Query("DELETE FROM idempotency_keys WHERE created_at < :before")
    void deleteKeysBefore(Instant before);
}
