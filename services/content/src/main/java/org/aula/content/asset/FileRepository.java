package org.aula.content.asset;

import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.aula.kernel.postgres.Sql;
import org.jspecify.annotations.Nullable;

/// The table `files`: what each file counts, where it stands, and what is to be done for it.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface FileRepository extends GenericRepository<FileRepository.Row, UUID> {

    /// @param countedBytes what it counts towards the quota, 0 when it does not
    @MappedEntity("files")
    record Row(UUID ownerId, State state, long countedBytes) {}

    /// Where a file stands.
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
    @MappedEntity("files")
    record Work(
            UUID id,
            String objectKey,
            State state,
            UUID lease,
            int attempts,
            @Nullable Instant deletedAt) {}

    /// An upload that nobody completed.
    @MappedEntity("files")
    record Swept(UUID ownerId, long countedBytes) {}

    /// Keeps an announced file, also one that is being deleted.
    ///
    /// @return false when it is there already, and so counts already
    default boolean announce(Asset asset) {
        return announce(
                        asset.id(),
                        asset.ownerId(),
                        asset.objectKey(),
                        asset.countedBytes(),
                        asset.createdAt(),
                        asset.heldUntil())
                == 1;
    }

    @Query("""
            INSERT INTO files (id, owner_id, object_key, size_bytes, state, created_at, held_until)
            VALUES (:id, :ownerId, :objectKey, :size, 'PENDING', :createdAt, :heldUntil)
            ON CONFLICT (id) DO UPDATE
            SET state = 'PENDING', size_bytes = :size, created_at = :createdAt, deleted_at = NULL,
                work_due = NULL, lease = NULL, attempts = 0
            WHERE files.state = 'DELETING'
            """)
    int announce(UUID id, UUID ownerId, String objectKey, long size, Instant createdAt, @Nullable Instant heldUntil);

    /// Locks a file's row for this transaction.
    default Optional<Row> lock(UUID id) {
        return Sql.of("SELECT owner_id, state, size_bytes AS counted_bytes FROM files WHERE id = ? FOR UPDATE", id)
                .find(Row.class);
    }

    /// Sets where a locked file stands and what it counts.
    ///
    /// @param due when work on it may be taken up; null for none
    default void set(UUID id, State state, long countedBytes, @Nullable Instant due) {
        set(id, state.name(), countedBytes, due);
    }

    @Query("""
            UPDATE files
            SET state = :state, size_bytes = :countedBytes, work_due = :due, lease = NULL, attempts = 0
            WHERE id = :id
            """)
    void set(UUID id, String state, long countedBytes, @Nullable Instant due);

    /// Asks for work on a file, also on one that has no row yet.
    ///
    /// @return false when it is not ready
    default boolean ask(Asset asset, Instant now) {
        return ask(asset.id(), asset.ownerId(), asset.objectKey(), asset.createdAt(), now) == 1;
    }

    @Query("""
            INSERT INTO files (id, owner_id, object_key, size_bytes, state, created_at, work_due)
            VALUES (:id, :ownerId, :objectKey, 0, 'READY', :createdAt, :now)
            ON CONFLICT (id) DO UPDATE SET work_due = :now, lease = NULL, attempts = 0
            WHERE files.state = 'READY'
            """)
    int ask(UUID id, UUID ownerId, String objectKey, Instant createdAt, Instant now);

    /// Begins to delete a file, also one that has no row yet. What is held and ready stays.
    ///
    /// @return what it counted until now; empty when it is being deleted already, or is held
    default OptionalLong delete(Asset asset, Instant now) {
        return Sql.of("""
                        INSERT INTO files
                            (id, owner_id, object_key, size_bytes, state, created_at, work_due, deleted_at)
                        VALUES (?, ?, ?, 0, 'DELETING', ?, ?, ?)
                        ON CONFLICT (id) DO UPDATE
                        SET state = 'DELETING', size_bytes = 0, work_due = excluded.work_due,
                            deleted_at = excluded.deleted_at, lease = NULL, attempts = 0
                        WHERE files.state <> 'DELETING'
                          AND NOT (files.state = 'READY' AND coalesce(files.held_until > ?, false))
                        RETURNING coalesce(old.size_bytes, 0)
                        """, asset.id(), asset.ownerId(), asset.objectKey(), asset.createdAt(), now, now, now)
                .find(row -> row.getLong(1))
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    /// Begins to delete uploads that were announced before a time and never completed.
    default List<Swept> sweep(Instant before, Instant now, int most) {
        return Sql.of("""
                UPDATE files
                SET state = 'DELETING', size_bytes = 0, work_due = ?, deleted_at = ?, lease = NULL, attempts = 0
                WHERE id IN (
                    SELECT id FROM files
                    WHERE state IN ('PENDING', 'FAILED') AND created_at < ?
                    ORDER BY created_at LIMIT ? FOR UPDATE SKIP LOCKED)
                RETURNING owner_id, old.size_bytes AS counted_bytes
                """, now, now, before, most).list(Swept.class);
    }

    /// Takes up the work that has waited longest; nobody else gets it until the lease ends.
    default Optional<Work> take(UUID lease, Instant now, Instant until) {
        return Sql.of("""
                UPDATE files SET lease = ?, work_due = ?, attempts = attempts + 1
                WHERE id = (
                    SELECT id FROM files WHERE work_due <= ?
                    ORDER BY work_due LIMIT 1 FOR UPDATE SKIP LOCKED)
                RETURNING id, object_key, state, lease, attempts, deleted_at
                """, lease, until, now).find(Work.class);
    }

    /// Whether a lease still holds; locks the row for this transaction.
    default boolean holds(Work work) {
        return Sql.of("SELECT 1 FROM files WHERE id = ? AND lease = ? FOR UPDATE", work.id(), work.lease())
                .find(row -> true)
                .isPresent();
    }

    /// Gives a lease back: the work is to be taken up again later, or not at all.
    ///
    /// @param due null when nothing is left to do
    /// @param counts whether this attempt counts
    default void giveBack(Work work, @Nullable Instant due, boolean counts) {
        giveBack(work.id(), work.lease(), due, work.attempts() - (counts ? 0 : 1));
    }

    @Query("""
            UPDATE files SET lease = NULL, work_due = :due, attempts = greatest(0, :attempts)
            WHERE id = :id AND lease = :lease
            """)
    void giveBack(UUID id, UUID lease, @Nullable Instant due, int attempts);

    /// Forgets a file of which nothing is left.
    default void forget(Work work) {
        forget(work.id(), work.lease());
    }

    @Query("DELETE FROM files WHERE id = :id AND lease = :lease AND state = 'DELETING'")
    void forget(UUID id, UUID lease);
}
