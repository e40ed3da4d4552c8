package org.aula.content.asset;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.aula.kernel.postgres.Columns;
import org.aula.kernel.postgres.Handles;
import org.jspecify.annotations.Nullable;

/// The table `files`: what each file counts, where it stands, and what is to be done for it.
@Singleton
final class FileRepository {

    /// @param countedBytes what it counts towards the quota, 0 when it does not
    record Row(UUID ownerId, State state, long countedBytes) {}

    enum State {
        PENDING,
        READY,
        FAILED,
        DELETING
    }

    /// Work that was taken up.
    ///
    /// @param lease whoever holds it may write what came of the work
    /// @param attempts how often it was taken up, this time included
    /// @param deletedAt null unless the file is being deleted
    record Work(
            UUID id,
            String objectKey,
            State state,
            UUID lease,
            int attempts,
            @Nullable Instant deletedAt) {}

    /// An upload that nobody completed.
    record Swept(UUID ownerId, long countedBytes) {}

    /// Keeps an announced file, also one that is being deleted.
    ///
    /// @return false when it is there already, and so counts already
    boolean announce(Asset asset) {
        return Handles.current().createUpdate("""
                        INSERT INTO files (id, owner_id, object_key, size_bytes, state, created_at)
                        VALUES (:id, :ownerId, :objectKey, :size, 'PENDING', :createdAt)
                        ON CONFLICT (id) DO UPDATE
                        SET state = 'PENDING', size_bytes = :size, created_at = :createdAt, deleted_at = NULL,
                            work_due = NULL, lease = NULL, attempts = 0
                        WHERE files.state = 'DELETING'
                        """)
                        .bind("id", asset.id())
                        .bind("ownerId", asset.ownerId())
                        .bind("objectKey", asset.objectKey())
                        .bind("size", asset.sizeBytes())
                        .bind("createdAt", asset.createdAt())
                        .execute()
                == 1;
    }

    /// Locks a file's row for this transaction.
    Optional<Row> lock(UUID id) {
        return Handles.current().createQuery("SELECT owner_id, state, size_bytes FROM files WHERE id = :id FOR UPDATE")
                .bind("id", id)
                .map((row, context) -> new Row(
                        row.getObject("owner_id", UUID.class),
                        State.valueOf(row.getString("state")),
                        row.getLong("size_bytes")))
                .findOne();
    }

    /// Sets where a locked file stands and what it counts.
    ///
    /// @param due when work on it may be taken up; null for none
    void set(UUID id, State state, long countedBytes, @Nullable Instant due) {
        Handles.current().createUpdate("""
                        UPDATE files
                        SET state = :state, size_bytes = :size, work_due = :due, lease = NULL, attempts = 0
                        WHERE id = :id
                        """)
                .bind("id", id)
                .bind("state", state.name())
                .bind("size", countedBytes)
                .bind("due", due)
                .execute();
    }

    /// Asks for work on a file, also on one that has no row yet.
    ///
    /// @return false when it is not ready
    boolean ask(Asset asset, Instant now) {
        return Handles.current().createUpdate("""
                        INSERT INTO files (id, owner_id, object_key, size_bytes, state, created_at, work_due)
                        VALUES (:id, :ownerId, :objectKey, 0, 'READY', :createdAt, :now)
                        ON CONFLICT (id) DO UPDATE SET work_due = :now, lease = NULL, attempts = 0
                        WHERE files.state = 'READY'
                        """)
                        .bind("id", asset.id())
                        .bind("ownerId", asset.ownerId())
                        .bind("objectKey", asset.objectKey())
                        .bind("createdAt", asset.createdAt())
                        .bind("now", now)
                        .execute()
                == 1;
    }

    /// Begins to delete a file, also one that has no row yet.
    ///
    /// @return what it counted until now; empty when it is being deleted already
    OptionalLong delete(Asset asset, Instant now) {
        return Handles.current().createQuery("""
                        INSERT INTO files
                            (id, owner_id, object_key, size_bytes, state, created_at, work_due, deleted_at)
                        VALUES (:id, :ownerId, :objectKey, 0, 'DELETING', :createdAt, :now, :now)
                        ON CONFLICT (id) DO UPDATE
                        SET state = 'DELETING', size_bytes = 0, work_due = :now, deleted_at = :now, lease = NULL,
                            attempts = 0
                        WHERE files.state <> 'DELETING'
                        RETURNING coalesce(old.size_bytes, 0)
                        """)
                .bind("id", asset.id())
                .bind("ownerId", asset.ownerId())
                .bind("objectKey", asset.objectKey())
                .bind("createdAt", asset.createdAt())
                .bind("now", now)
                .mapTo(Long.class)
                .findOne()
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    /// Begins to delete uploads that were announced before a time and never completed.
    List<Swept> sweep(Instant before, Instant now, int most) {
        return Handles.current().createQuery("""
                        UPDATE files
                        SET state = 'DELETING', size_bytes = 0, work_due = :now, deleted_at = :now, lease = NULL,
                            attempts = 0
                        WHERE id IN (
                            SELECT id FROM files
                            WHERE state IN ('PENDING', 'FAILED') AND created_at < :before
                            ORDER BY created_at LIMIT :most FOR UPDATE SKIP LOCKED)
                        RETURNING owner_id, old.size_bytes AS counted
                        """)
                .bind("before", before)
                .bind("now", now)
                .bind("most", most)
                .map((row, context) -> new Swept(row.getObject("owner_id", UUID.class), row.getLong("counted")))
                .list();
    }

    /// Takes up the work that has waited longest; nobody else gets it until the lease ends.
    Optional<Work> take(UUID lease, Instant now, Instant until) {
        return Handles.current().createQuery("""
                        UPDATE files SET lease = :lease, work_due = :until, attempts = attempts + 1
                        WHERE id = (
                            SELECT id FROM files WHERE work_due <= :now
                            ORDER BY work_due LIMIT 1 FOR UPDATE SKIP LOCKED)
                        RETURNING id, object_key, state, lease, attempts, deleted_at
                        """)
                .bind("lease", lease)
                .bind("now", now)
                .bind("until", until)
                .map((row, context) -> work(row))
                .findOne();
    }

    /// Whether a lease still holds; locks the row for this transaction.
    boolean holds(Work work) {
        return Handles.current().createQuery("SELECT 1 FROM files WHERE id = :id AND lease = :lease FOR UPDATE")
                .bind("id", work.id())
                .bind("lease", work.lease())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /// Gives a lease back: the work is to be taken up again later, or not at all.
    ///
    /// @param due null when nothing is left to do
    /// @param counts whether this attempt counts
    void giveBack(Work work, @Nullable Instant due, boolean counts) {
        Handles.current().createUpdate("""
                        UPDATE files SET lease = NULL, work_due = :due, attempts = greatest(0, :attempts)
                        WHERE id = :id AND lease = :lease
                        """)
                .bind("id", work.id())
                .bind("lease", work.lease())
                .bind("due", due)
                .bind("attempts", work.attempts() - (counts ? 0 : 1))
                .execute();
    }

    /// Forgets a file of which nothing is left.
    void forget(Work work) {
        Handles.current().createUpdate("DELETE FROM files WHERE id = :id AND lease = :lease AND state = 'DELETING'")
                .bind("id", work.id())
                .bind("lease", work.lease())
                .execute();
    }

    private static Work work(ResultSet row) throws SQLException {
        return new Work(
                row.getObject("id", UUID.class),
                row.getString("object_key"),
                State.valueOf(row.getString("state")),
                row.getObject("lease", UUID.class),
                row.getInt("attempts"),
                Columns.instantOrNull(row, "deleted_at"));
    }
}
