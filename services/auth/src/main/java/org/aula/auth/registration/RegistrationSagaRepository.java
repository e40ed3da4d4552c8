package org.aula.auth.registration;

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
import org.jspecify.annotations.Nullable;

/// Rows of `sagas` that are registrations; their ids are those of the accounts.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface RegistrationSagaRepository extends GenericRepository<RegistrationSagaRepository.Saga, UUID> {

    /// How far a registration has come.
    @MappedEntity("sagas")
    record Saga(UUID accountId, SagaState state) {}

    /// @param leaseUntil how long the users service may take
    @Query("""
            INSERT INTO sagas (id, kind, state, step, lease_until, created_at, updated_at)
            VALUES (:accountId, 'registration', 'RUNNING', 'make user', :leaseUntil, :now, :now)
            """)
    void insert(UUID accountId, Instant now, Instant leaseUntil);

    @Query("SELECT id AS account_id, state FROM sagas WHERE id = :accountId AND kind = 'registration'")
    Optional<Saga> find(UUID accountId);

    /// Moves a registration on.
    ///
    /// @param leaseUntil when to look at it again; null for never
    /// @return 0 when it is not in the state that it is moved from; then nothing changed
    @Query("""
            UPDATE sagas SET state = :to, step = :step, lease_until = :leaseUntil, updated_at = :now
            WHERE id = :accountId AND kind = 'registration' AND state = :from
            """)
    int move(UUID accountId, SagaState from, SagaState to, String step, @Nullable Instant leaseUntil, Instant now);

    /// Claims registrations whose lease is over. If the claimer dies, the next one claims them when the new
    /// lease is
    /// over.
    default List<Saga> claimOverdue(Instant now, Instant leaseUntil, int limit) {
        return Sql.of("""
                UPDATE sagas SET lease_until = ?
                WHERE id IN (
                    SELECT id FROM sagas
                    WHERE kind = 'registration' AND state IN ('RUNNING', 'COMPENSATING') AND lease_until <= ?
                    ORDER BY lease_until LIMIT ? FOR UPDATE SKIP LOCKED)
                RETURNING id AS account_id, state
                """, leaseUntil, now, limit).list(Saga.class);
    }

    /// Forgets registrations that ended and were begun before then.
    @Query("""
            DELETE FROM sagas
            WHERE kind = 'registration' AND state IN ('COMPLETED', 'FAILED') AND created_at < :before
            """)
    void deleteEnded(Instant before);
}
