package org.aula.content.asset;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Handles;
import org.jspecify.annotations.Nullable;

/// The table `quotas`.
@Singleton
final class QuotaRepository {

    /// @param limitBytes null for the limit of the settings
    record Row(long usedBytes, long assetCount, @Nullable Long limitBytes) {}

    /// Counts a file if it still fits. The row's lock makes many at once follow each other.
    boolean take(UUID ownerId, long bytes, long usualLimit) {
        Handles.current().createUpdate("INSERT INTO quotas (owner_id) VALUES (:ownerId) ON CONFLICT DO NOTHING")
                .bind("ownerId", ownerId)
                .execute();
        return Handles.current().createUpdate("""
                        UPDATE quotas SET used_bytes = used_bytes + :bytes, asset_count = asset_count + 1
                        WHERE owner_id = :ownerId AND used_bytes + :bytes <= coalesce(limit_bytes, :usualLimit)
                        """)
                        .bind("ownerId", ownerId)
                        .bind("bytes", bytes)
                        .bind("usualLimit", usualLimit)
                        .execute()
                == 1;
    }

    void giveBack(UUID ownerId, long bytes) {
        Handles.current().createUpdate("""
                        UPDATE quotas SET used_bytes = used_bytes - :bytes, asset_count = asset_count - 1
                        WHERE owner_id = :ownerId
                        """).bind("ownerId", ownerId).bind("bytes", bytes).execute();
    }

    Optional<Row> find(UUID ownerId) {
        return Handles.current().createQuery("SELECT used_bytes, asset_count, limit_bytes FROM quotas WHERE owner_id = :ownerId")
                .bind("ownerId", ownerId)
                .map((row, context) -> new Row(
                        row.getLong("used_bytes"),
                        row.getLong("asset_count"),
                        row.getObject("limit_bytes", Long.class)))
                .findOne();
    }

    void setLimit(UUID ownerId, long limitBytes) {
        Handles.current().createUpdate("""
                        INSERT INTO quotas (owner_id, limit_bytes) VALUES (:ownerId, :limitBytes)
                        ON CONFLICT (owner_id) DO UPDATE SET limit_bytes = :limitBytes
                        """)
                .bind("ownerId", ownerId)
                .bind("limitBytes", limitBytes)
                .execute();
    }
}
