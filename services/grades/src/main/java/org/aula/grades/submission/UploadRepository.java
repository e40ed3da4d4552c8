package org.aula.grades.submission;

import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.aula.kernel.postgres.Sql;
import org.jspecify.annotations.Nullable;

/// Rows of `submission_uploads`: files that learners announced, and whether a submission names them.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface UploadRepository extends GenericRepository<UploadRepository.Row, UUID> {

    /// @param assetId null until content has answered
    @MappedEntity("submission_uploads")
    record Row(UUID id, @Nullable UUID assetId) {}

    /// Lets nobody else announce files of this learner until the end of the transaction.
    @Query("SELECT CAST(pg_advisory_xact_lock(hashtextextended(CAST(:userId AS text), 5)) AS text)")
    String lockLearner(UUID userId);

    /// @return whether this was announced before
    @Query("SELECT EXISTS (SELECT 1 FROM submission_uploads WHERE id = :id)")
    boolean isKnown(UUID id);

    /// @return whether this was announced before for another submission
    @Query("""
            SELECT EXISTS (SELECT 1 FROM submission_uploads WHERE id = :id AND submission_id <> :submissionId)
            """)
    boolean isOfAnother(UUID id, UUID submissionId);

    /// Those for which content has given no asset count while it may still answer.
    ///
    /// @param unanswered since when
    @Query("""
            SELECT count(*) FROM submission_uploads
            WHERE user_id = :userId AND unused_since IS NOT NULL
              AND (asset_id IS NOT NULL OR unused_since > :unanswered)
            """)
    long countUnused(UUID userId, Instant unanswered);

    @Query("""
            INSERT INTO submission_uploads (id, user_id, submission_id, unused_since)
            VALUES (:id, :userId, :submissionId, :now)
            """)
    void insert(UUID id, UUID userId, UUID submissionId, Instant now);

    /// @return 0 when it is being deleted, or has another asset
    @Query("""
            UPDATE submission_uploads SET asset_id = :assetId
            WHERE id = :id AND deleted_at IS NULL AND coalesce(asset_id, :assetId) = :assetId
            """)
    int setAsset(UUID id, UUID assetId);

    @Query("""
            SELECT EXISTS (
                SELECT 1 FROM submission_uploads
                WHERE user_id = :userId AND asset_id = :assetId AND deleted_at IS NULL)
            """)
    boolean isOf(UUID userId, UUID assetId);

    /// Keeps those of the files that are this learner's, for a submission that names them.
    ///
    /// @return which they are
    default Set<UUID> use(UUID userId, Collection<UUID> assetIds) {
        return Sql.of("""
                UPDATE submission_uploads SET unused_since = NULL
                WHERE user_id = ? AND asset_id = ANY(?) AND deleted_at IS NULL
                RETURNING asset_id
                """, userId, assetIds.toArray(UUID[]::new))
                .list(row -> row.getObject("asset_id", UUID.class))
                .stream()
                .collect(Collectors.toSet());
    }

    /// Lets go of files of this learner, but for those that a submission still names, under
    /// [#lockLearner]: the condition sees what others have committed before the statement.
    default void release(UUID userId, Collection<UUID> assetIds, Instant now) {
        Sql.of("""
                UPDATE submission_uploads u SET unused_since = ?
                WHERE u.user_id = ? AND u.asset_id = ANY(?)
                  AND NOT EXISTS (
                    SELECT 1 FROM assignment_submissions s
                    WHERE s.user_id = u.user_id
                      AND s.files @> jsonb_build_object(
                          'files', jsonb_build_array(jsonb_build_object('assetId', u.asset_id))))
                """, now, userId, assetIds.toArray(UUID[]::new)).update();
    }

    /// Begins to delete what no submission has named since a time; nothing names it any more.
    default void markDeleted(Instant before, Instant now, int limit) {
        Sql.of("""
                UPDATE submission_uploads SET deleted_at = ?
                WHERE id IN (
                    SELECT id FROM submission_uploads u WHERE unused_since < ? AND deleted_at IS NULL
                      AND NOT EXISTS (
                        SELECT 1 FROM assignment_submissions s
                        WHERE s.user_id = u.user_id
                          AND s.files @> jsonb_build_object(
                              'files', jsonb_build_array(jsonb_build_object('assetId', u.asset_id))))
                    ORDER BY unused_since LIMIT ? FOR UPDATE SKIP LOCKED)
                """, now, before, limit).update();
    }

    @Query("""
            SELECT id, asset_id FROM submission_uploads
            WHERE unused_since IS NOT NULL AND deleted_at IS NOT NULL ORDER BY unused_since LIMIT :limit
            """)
    List<Row> listDeleted(int limit);

    @Query("DELETE FROM submission_uploads WHERE id = :id AND deleted_at IS NOT NULL")
    void forget(UUID id);
}
