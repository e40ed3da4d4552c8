package org.aula.auth.registration;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Handles;
import org.jspecify.annotations.Nullable;

/// Rows of `sagas` that are registrations; their ids are those of the accounts.
@Singleton
final class RegistrationSagaRepository {

    private static final String KIND = "registration";

    RegistrationSagaRepository() {}

    /// A registration that nobody works on although it waits.
    record Overdue(UUID accountId, SagaState state) {}

    /// @param leaseUntil how long the users service may take
    void insert(UUID accountId, Instant now, Instant leaseUntil) {
        Handles.current().createUpdate("""
                        INSERT INTO sagas (id, kind, state, step, lease_until, created_at, updated_at)
                        VALUES (:id, :kind, 'RUNNING', 'make user', :leaseUntil, :now, :now)
                        """)
                .bind("id", accountId)
                .bind("kind", KIND)
                .bind("leaseUntil", leaseUntil)
                .bind("now", now)
                .execute();
    }

    Optional<SagaState> find(UUID accountId) {
        return Handles.current().createQuery("SELECT state FROM sagas WHERE id = :id AND kind = :kind")
                .bind("id", accountId)
                .bind("kind", KIND)
                .map((row, context) -> SagaState.valueOf(row.getString("state")))
                .findOne();
    }

    /// Moves a registration on.
    ///
    /// @param leaseUntil when to look at it again; null for never
    /// @return false when it is not in the state that it is moved from; then nothing changed
    boolean move(
            UUID accountId,
            SagaState from,
            SagaState to,
            String step,
            @Nullable Instant leaseUntil,
            Instant now) {
        return Handles.current().createUpdate("""
                                UPDATE sagas SET state = :to, step = :step, lease_until = :leaseUntil, updated_at = :now
                                WHERE id = :id AND kind = :kind AND state = :from
                                """)
                        .bind("id", accountId)
                        .bind("kind", KIND)
                        .bind("from", from.name())
                        .bind("to", to.name())
                        .bind("step", step)
                        .bind("leaseUntil", leaseUntil)
                        .bind("now", now)
                        .execute()
                == 1;
    }

    /// Claims registrations whose lease is over. If the claimer dies, the next one claims them when the
    /// new lease is over.
    List<Overdue> claimOverdue(Instant now, Instant leaseUntil, int limit) {
        return Handles.current().createUpdate("""
                        UPDATE sagas SET lease_until = :leaseUntil
                        WHERE id IN (
                            SELECT id FROM sagas
                            WHERE kind = :kind AND state IN ('RUNNING', 'COMPENSATING') AND lease_until <= :now
                            ORDER BY lease_until LIMIT :limit FOR UPDATE SKIP LOCKED)
                        """)
                .bind("kind", KIND)
                .bind("now", now)
                .bind("leaseUntil", leaseUntil)
                .bind("limit", limit)
                .executeAndReturnGeneratedKeys("id", "state")
                .map((row, context) ->
                        new Overdue(row.getObject("id", UUID.class), SagaState.valueOf(row.getString("state"))))
                .list();
    }

    /// Forgets registrations that ended and were begun before then.
    void deleteEnded(Instant before) {
        Handles.current().createUpdate("""
                        DELETE FROM sagas
                        WHERE kind = :kind AND state IN ('COMPLETED', 'FAILED') AND created_at < :before
                        """).bind("kind", KIND).bind("before", before).execute();
    }
}
