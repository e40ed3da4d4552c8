package org.aula.courses.media;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.postgres.Handles;

/// Which assets were announced for a course that is being made, one row of `sagas` for each course, so that
/// a run after a crash can take them back.
@Singleton
public final class MediaJournalRepository {

    private final Database database;

    MediaJournalRepository(Database database) {
        this.database = database;
    }

    /// @param kind of the operation that makes the course
    public void open(UUID courseId, String kind) {
        database.transact(() ->
                Handles.current().createUpdate("""
                        INSERT INTO sagas (id, kind, state, step, data)
                        VALUES (:id, :kind, 'RUNNING', 'media', '{"assets": []}')
                        """).bind("id", courseId).bind("kind", kind).execute());
    }

    public void addAsset(UUID courseId, UUID assetId) {
        database.transact(() -> Handles.current().createUpdate("""
                        UPDATE sagas
                        SET data = jsonb_set(data, '{assets}', (data -> 'assets') || to_jsonb(CAST(:assetId AS text))),
                            updated_at = now()
                        WHERE id = :id
                        """)
                .bind("id", courseId)
                .bind("assetId", assetId.toString())
                .execute());
    }

    public List<UUID> assets(UUID courseId) {
        return database.query(() ->
                Handles.current().createQuery("""
                        SELECT CAST(asset AS uuid)
                        FROM sagas CROSS JOIN LATERAL jsonb_array_elements_text(data -> 'assets') AS asset
                        WHERE id = :id
                        """).bind("id", courseId).mapTo(UUID.class).list());
    }

    public void close(UUID courseId) {
        database.transact(() -> Handles.current().createUpdate("DELETE FROM sagas WHERE id = :id")
                .bind("id", courseId)
                .execute());
    }
}
