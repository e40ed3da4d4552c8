package org.aula.courses.media;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.UUID;

/// Rows of `media_journals`.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface MediaJournalRepository extends GenericRepository<MediaJournal, UUID> {

    @Query("INSERT INTO media_journals (course_id) VALUES (:courseId)")
    void insert(UUID courseId);

    @Query("UPDATE media_journals SET asset_ids = asset_ids || :assetId WHERE course_id = :courseId")
    void addAsset(UUID courseId, UUID assetId);

    @Query("SELECT unnest(asset_ids) FROM media_journals WHERE course_id = :courseId")
    List<UUID> assets(UUID courseId);

    @Query("DELETE FROM media_journals WHERE course_id = :courseId")
    void delete(UUID courseId);
}
