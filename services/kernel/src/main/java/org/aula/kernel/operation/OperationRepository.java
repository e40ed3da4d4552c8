package org.aula.kernel.operation;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Rows of `operations`.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface OperationRepository extends GenericRepository<OperationRow, UUID> {

    @Query("""
            INSERT INTO operations (id, kind, owner_id, state, input)
            VALUES (:id, :kind, :ownerId, 'PENDING', :input)
            """)
    void insert(UUID id, String kind, UUID ownerId, byte[] input);

    @Query("""
            SELECT id, kind, owner_id, state, done, total, resource_id, issues, issue_count, failure, input,
                   created_at, started_at, ended_at
            FROM operations WHERE id = :id
            """)
    Optional<OperationRow> find(UUID id);

    @Query("UPDATE operations SET state = 'RUNNING', started_at = now() WHERE id = :id AND ended_at IS NULL")
    void begin(UUID id);

    /// @param issues as JSON, see [OperationRow#json]
    /// @return whether the owner asked for an end
    @Query("""
            UPDATE operations
            SET done = :done, total = :total, resource_id = :resourceId,
                issues = CAST(:issues AS jsonb), issue_count = :issueCount
            WHERE id = :id RETURNING cancel_requested
            """)
    boolean writeProgress(UUID id, long done, long total, @Nullable UUID resourceId, String issues, long issueCount);

    @Query("""
            UPDATE operations SET state = :state, failure = :failure, ended_at = now()
            WHERE id = :id AND ended_at IS NULL
            """)
    void end(UUID id, String state, String failure);

    @Query("UPDATE operations SET cancel_requested = true WHERE id = :id AND ended_at IS NULL")
    void requestCancel(UUID id);

    /// Operations that were committed by a process that died before it could schedule them.
    @Query("""
            SELECT id FROM operations
            WHERE state = 'PENDING' AND NOT EXISTS (
                SELECT 1 FROM scheduled_tasks
                WHERE task_name = 'operation' AND task_instance = CAST(operations.id AS text))
            """)
    List<UUID> orphans();
}
