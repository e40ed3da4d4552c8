package org.aula.kernel.operation;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.api.operations.v1.OperationIssue;
import org.aula.kernel.postgres.Transactions;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Rows of `operations`.
@Singleton
final class OperationRepository {

    private final Transactions transactions;

    OperationRepository(Transactions transactions) {
        this.transactions = transactions;
    }

    void insert(Handle handle, UUID id, String kind, UUID ownerId, byte[] input) {
        handle.createUpdate("""
                        INSERT INTO operations (id, kind, owner_id, state, input)
                        VALUES (:id, :kind, :ownerId, 'PENDING', :input)
                        """)
                .bind("id", id)
                .bind("kind", kind)
                .bind("ownerId", ownerId)
                .bind("input", input)
                .execute();
    }

    Optional<OperationRow> find(Handle handle, UUID id) {
        return handle.createQuery("SELECT * FROM operations WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> OperationRow.of(row))
                .findOne();
    }

    Optional<OperationRow> begin(UUID id) {
        return transactions.write(handle -> {
            handle.createUpdate("""
                            UPDATE operations SET state = 'RUNNING', started_at = now()
                            WHERE id = :id AND ended_at IS NULL
                            """).bind("id", id).execute();
            return find(handle, id);
        });
    }

    /// @return whether the owner asked for an end
    boolean writeProgress(
            UUID id, long done, long total, @Nullable UUID resourceId, List<OperationIssue> issues, long issueCount) {
        return transactions.write(handle -> handle.createQuery("""
                        UPDATE operations
                        SET done = :done, total = :total, resource_id = :resourceId,
                            issues = CAST(:issues AS jsonb), issue_count = :issueCount
                        WHERE id = :id RETURNING cancel_requested
                        """)
                .bind("id", id)
                .bind("done", done)
                .bind("total", total)
                .bind("resourceId", resourceId)
                .bind("issues", OperationRow.json(issues))
                .bind("issueCount", issueCount)
                .mapTo(Boolean.class)
                .one());
    }

    void end(UUID id, String state, String failure) {
        transactions.writeVoid(handle -> handle.createUpdate("""
                        UPDATE operations SET state = :state, failure = :failure, ended_at = now()
                        WHERE id = :id AND ended_at IS NULL
                        """)
                .bind("id", id)
                .bind("state", state)
                .bind("failure", failure)
                .execute());
    }

    void requestCancel(Handle handle, UUID id) {
        handle.createUpdate("UPDATE operations SET cancel_requested = true WHERE id = :id AND ended_at IS NULL")
                .bind("id", id)
                .execute();
    }
}
