package org.aula.courses.media;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.UUID;

/// Rows of `sagas`.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface MediaJournalRepository extends GenericRepository<MediaJournal, UUID> {

    @Query("""
            INSERT INTO sagas (id, kind, state, step, data)
            VALUES (:id, :kind, 'RUNNING', 'media', '{"assets"\\: []}')
            """)
    void insert(MediaJournal journal);

    @Query("""
            UPDATE sagas
            SET data = jsonb_set(data, '{assets}', (data -> 'assets') || to_jsonb(CAST(:assetId AS text))),
                updated_at = now()
            WHERE id = :id
            """)
    void addAsset(UUID id, String assetId);

    @Query("""
            SELECT CAST(asset AS uuid)
            FROM sagas CROSS JOIN LATERAL jsonb_array_elements_text(data -> 'assets') AS asset
            WHERE id = :id
            """)
    List<UUID> assets(UUID id);

    @Query("DELETE FROM sagas WHERE id = :id")
    void delete(UUID id);
}
