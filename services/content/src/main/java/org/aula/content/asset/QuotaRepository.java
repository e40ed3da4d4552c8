package org.aula.content.asset;

import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The table `quotas`.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface QuotaRepository extends GenericRepository<QuotaRepository.Row, UUID> {

    /// @param limitBytes null for the limit of the settings
    @MappedEntity("quotas")
    record Row(long usedBytes, long assetCount, @Nullable Long limitBytes) {}

    /// Counts a file if it still fits. The row's lock makes many at once follow each other.
    default boolean take(UUID ownerId, long bytes, long usualLimit) {
        insert(ownerId);
        return add(ownerId, bytes, usualLimit) == 1;
    }

    /// Makes the owner's row where there is none.
    @Query("INSERT INTO quotas (owner_id) VALUES (:ownerId) ON CONFLICT DO NOTHING")
    void insert(UUID ownerId);

    /// @return 0 when it does not fit
    @Query("""
            UPDATE quotas SET used_bytes = used_bytes + :bytes, asset_count = asset_count + 1
            WHERE owner_id = :ownerId AND used_bytes + :bytes <= coalesce(limit_bytes, :usualLimit)
            """)
    int add(UUID ownerId, long bytes, long usualLimit);

    @Query("""
            UPDATE quotas SET used_bytes = used_bytes - :bytes, asset_count = asset_count - 1
            WHERE owner_id = :ownerId
            """)
    void giveBack(UUID ownerId, long bytes);

    @Query("SELECT used_bytes, asset_count, limit_bytes FROM quotas WHERE owner_id = :ownerId")
    Optional<Row> find(UUID ownerId);

    @Query("""
            INSERT INTO quotas (owner_id, limit_bytes) VALUES (:ownerId, :limitBytes)
            ON CONFLICT (owner_id) DO UPDATE SET limit_bytes = :limitBytes
            """)
    void setLimit(UUID ownerId, long limitBytes);
}
