package org.aula.courses.imports;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.aula.kernel.postgres.Transactions;

/// Which assets an import has announced, one row of `sagas` for each course, so that a run after a crash
/// can take them back.
@Singleton
final class ImportJournalRepository {

    private final Transactions transactions;

    ImportJournalRepository(Transactions transactions) {
        this.transactions = transactions;
    }

    void open(UUID courseId) {
        transactions.writeVoid(
                handle -> handle.createUpdate("""
                        INSERT INTO sagas (id, kind, state, step, data)
                        VALUES (:id, 'courses.import', 'RUNNING', 'media', '{"assets": []}')
                        """).bind("id", courseId).execute());
    }

    void addAsset(UUID courseId, UUID assetId) {
        transactions.writeVoid(handle -> handle.createUpdate("""
                        UPDATE sagas
                        SET data = jsonb_set(data, '{assets}', (data -> 'assets') || to_jsonb(CAST(:assetId AS text))),
                            updated_at = now()
                        WHERE id = :id
                        """)
                .bind("id", courseId)
                .bind("assetId", assetId.toString())
                .execute());
    }

    List<UUID> assets(UUID courseId) {
        return transactions.read(handle ->
                handle.createQuery("""
                        SELECT CAST(asset AS uuid)
                        FROM sagas CROSS JOIN LATERAL jsonb_array_elements_text(data -> 'assets') AS asset
                        WHERE id = :id
                        """).bind("id", courseId).mapTo(UUID.class).list());
    }

    void close(UUID courseId) {
        transactions.writeVoid(handle -> handle.createUpdate("DELETE FROM sagas WHERE id = :id")
                .bind("id", courseId)
                .execute());
    }
}
