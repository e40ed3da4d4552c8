package org.aula.kernel.saga;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.TextArray;
import org.jspecify.annotations.Nullable;

/// Rows of `sagas`.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface SagaRepository extends GenericRepository<SagaRow, UUID> {

    String COLUMNS = "kind, id, state, step, attempts, step_at, due_at, failure, version ";

    /// @return 0 when there is one that did not fail; then nothing changed
    @Query("""
            INSERT INTO sagas (kind, id, state, step, step_at, due_at, created_at, updated_at)
            VALUES (:kind, :id, :state, :step, :now, :dueAt, :now, :now)
            ON CONFLICT (kind, id) DO UPDATE
            SET state = excluded.state, step = excluded.step, attempts = 0, step_at = excluded.step_at,
                due_at = excluded.due_at, failure = '', version = sagas.version + 1, updated_at = excluded.updated_at
            WHERE sagas.state = 'FAILED'
            """)
    int start(String kind, UUID id, SagaState state, String step, @Nullable Instant dueAt, Instant now);

    @Query("SELECT state FROM sagas WHERE kind = :kind AND id = :id")
    Optional<SagaState> findState(String kind, UUID id);

    /// Those that a replica may take, the longest due first.
    @Query("SELECT " + COLUMNS + """
            FROM sagas WHERE due_at <= :now AND kind = ANY(:kinds) ORDER BY due_at LIMIT :limit
            """)
    List<SagaRow> due(@TextArray Collection<String> kinds, Instant now, int limit);

    /// Takes a saga that is due.
    @Query("""
            UPDATE sagas SET due_at = :leaseUntil, version = version + 1, updated_at = :now
            WHERE kind = :kind AND id = :id AND due_at <= :now
            RETURNING\s""" + COLUMNS)
    @Nullable
    SagaRow claim(String kind, UUID id, Instant now, Instant leaseUntil);

    /// @return 0 when the lease is lost
    @Query("UPDATE sagas SET due_at = :leaseUntil WHERE kind = :kind AND id = :id AND version = :version")
    int renew(String kind, UUID id, long version, Instant leaseUntil);

    /// Writes what became of a saga, which was taken at the version before.
    ///
    /// @return false when the lease is lost; then nothing changed
    default boolean save(SagaRow next, Instant now) {
        return write(
                        next.kind(),
                        next.id(),
                        next.version(),
                        next.state(),
                        next.step(),
                        next.attempts(),
                        next.stepAt(),
                        next.dueAt(),
                        next.failure(),
                        now)
                == 1;
    }

    @Query("""
            UPDATE sagas
            SET state = :state, step = :step, attempts = :attempts, step_at = :stepAt, due_at = :dueAt,
                failure = :failure, version = :version, updated_at = :now
            WHERE kind = :kind AND id = :id AND version = :version - 1
            """)
    int write(
            String kind,
            UUID id,
            long version,
            SagaState state,
            String step,
            int attempts,
            Instant stepAt,
            @Nullable Instant dueAt,
            String failure,
            Instant now);

    /// Moves a saga on, whoever has it.
    ///
    /// @return 0 when it is not in one of these states at this step; then nothing changed
    @Query("""
            UPDATE sagas
            SET state = :to, step = :toStep, attempts = 0, step_at = :now, due_at = :dueAt, version = version + 1,
                updated_at = :now
            WHERE kind = :kind AND id = :id AND step = :step AND state = ANY(:states)
            """)
    int move(
            String kind,
            UUID id,
            String step,
            @TextArray Collection<String> states,
            SagaState to,
            String toStep,
            @Nullable Instant dueAt,
            Instant now);

    /// Those that somebody has to look at, each as a line for people.
    @Query("""
            SELECT kind || ' ' || id || ' cannot undo "' || step || '" since ' || step_at || '\\: ' || failure
            FROM sagas WHERE due_at IS NOT NULL AND state = 'STUCK' ORDER BY step_at LIMIT 100
            """)
    List<String> stuckLines();

    /// @return how many will be tried at once
    @Query("UPDATE sagas SET due_at = :now WHERE due_at > :now AND state = 'STUCK'")
    int retryStuck(Instant now);

    /// Forgets those that ended before then.
    @Query("DELETE FROM sagas WHERE kind = :kind AND due_at IS NULL AND updated_at < :before")
    void deleteEnded(String kind, Instant before);
}
