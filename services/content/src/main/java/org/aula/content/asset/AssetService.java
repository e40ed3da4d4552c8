package org.aula.content.asset;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.aula.content.asset.Quotas.Quota;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Database;

/// What is done with files that are there, and with how much a user may keep. Each change has its entry in the
/// audit log.
@Singleton
final class AssetService {

    private static final String RESOURCE = "asset";

    private final AssetStore assets;
    private final FileRepository files;
    private final Deletions deletions;
    private final Quotas quotas;
    private final Database database;
    private final Audit audit;
    private final Clock clock;

    AssetService(
            AssetStore assets,
            FileRepository files,
            Deletions deletions,
            Quotas quotas,
            Database database,
            Audit audit,
            Clock clock) {
        this.assets = assets;
        this.files = files;
        this.deletions = deletions;
        this.quotas = quotas;
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /// Deletes a file, unless that was begun before.
    void delete(Asset asset) {
        database.transact(() -> {
            if (deletions.begin(asset)) {
                audit.recordDeleted(RESOURCE, asset.id(), AssetMapper.toProto(asset));
            } else {
                audit.nothing();
            }
        });
        assets.delete(asset.id());
    }

    /// Has a file processed anew. The document follows the row; if it does not, the work makes it right.
    ///
    /// @return the file as it is then
    /// @throws ServiceException as [AssetReader#notReady]
    Asset reprocess(Asset asset) {
        var now = Instant.ofEpochMilli(clock.millis());
        var details = AssetDetails.of(asset.details().kind(), AssetDetails.Processing.PROCESSING, "");
        var asked = asset.in(Asset.State.READY, details, now);
        database.transact(() -> {
            if (!asset.isReady() || !files.ask(asset, now)) {
                throw AssetReader.notReady(asset);
            }
            audit.record(RESOURCE, asset.id(), AssetMapper.toProto(asset), AssetMapper.toProto(asked));
            assets.setReady(asset.id(), details, now);
        });
        return asked;
    }

    /// What a user keeps and may keep.
    Quota quota(UUID ownerId) {
        return database.query(() -> quotas.find(ownerId));
    }

    /// Says how much a user may keep.
    Quota setQuota(UUID ownerId, long limitBytes) {
        return database.transact(() -> {
            var before = quotas.find(ownerId);
            quotas.setLimit(ownerId, limitBytes);
            var after = quotas.find(ownerId);
            audit.record("quota", ownerId, AssetMapper.toProto(before), AssetMapper.toProto(after));
            return after;
        });
    }
}
