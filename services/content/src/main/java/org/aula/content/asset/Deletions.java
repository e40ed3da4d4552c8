package org.aula.content.asset;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.aula.api.content.v1.ErrorReason;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.events.Outbox;
import org.aula.kernel.postgres.Database;

/// Deletes files: the row says so first, and stays until nothing is left anywhere.
@Singleton
final class Deletions {

    /// An address that was signed before may still take bytes for so long, and work that was under way may
    /// still write; then the last round is made.
    static final Duration ADDRESSES_LIVE = Duration.ofMinutes(20);

    private final AssetStore assets;
    private final FileRepository files;
    private final Quotas quotas;
    private final ObjectStore objects;
    private final Database database;
    private final Outbox outbox;
    private final Clock clock;

    Deletions(
            AssetStore assets,
            FileRepository files,
            Quotas quotas,
            ObjectStore objects,
            Database database,
            Outbox outbox,
            Clock clock) {
        this.assets = assets;
        this.files = files;
        this.quotas = quotas;
        this.objects = objects;
        this.database = database;
        this.outbox = outbox;
        this.clock = clock;
    }

    /// Begins to delete, for a caller who owns the asset or may delete every one.
    ///
    /// @return false when that was begun before
    /// @throws ServiceException IN_CUSTODY, ASSET_HELD
    boolean begin(Asset asset) {
        requireNotKept(asset);
        var counted = files.delete(asset, clock.instant());
        if (counted.isEmpty()) {
            requireNotHeld(asset);
            return false;
        }
        quotas.giveBack(asset.ownerId(), counted.getAsLong());
        outbox.append(AssetEvents.deleted(asset.id()));
        return true;
    }

    private static void requireNotKept(Asset asset) {
        var custody = asset.custody();
        if (custody != null && asset.isKeptFrom(CallScope.current().caller())) {
            throw Errors.permissionDenied(
                    ErrorReason.ERROR_REASON_IN_CUSTODY,
                    "the file is in the custody of " + custody.custodian() + ", which alone deletes it",
                    Map.of("custodian", custody.custodian()));
        }
    }

    /// What is being deleted is ready no more; what is ready and was left is held.
    private void requireNotHeld(Asset asset) {
        var heldUntil = asset.heldUntil();
        var isReady = files.lock(asset.id()).stream().anyMatch(row -> row.state() == FileRepository.State.READY);
        if (heldUntil != null && isReady) {
            throw Errors.failedPrecondition(
                    ErrorReason.ERROR_REASON_ASSET_HELD,
                    "the file is held and cannot be deleted yet",
                    Map.of("hold_end_time", heldUntil.toString()));
        }
    }

    /// Begins to delete uploads that nobody completed in time. Nobody was told of them, so nobody is told.
    ///
    /// @return how many
    int sweep(Instant announcedBefore, int most) {
        return database.transact(() -> {
            var swept = files.sweep(announcedBefore, clock.instant(), most);
            swept.forEach(upload -> quotas.giveBack(upload.ownerId(), upload.countedBytes()));
            return swept.size();
        });
    }

    /// One round: everything that is there goes. Each step may be repeated. Whether it is the last is known
    /// before it begins, for what comes during it is for the next.
    void carryOut(FileRepository.Work work) {
        var last = Objects.requireNonNull(work.deletedAt()).plus(ADDRESSES_LIVE);
        var isLast = !clock.instant().isBefore(last);
        assets.delete(work.id());
        objects.delete(work.objectKey());
        objects.deleteAll(DerivedObjects.folder(work.objectKey()));
        database.transact(() -> {
            if (isLast) {
                files.forget(work);
            } else {
                files.giveBack(work, last, false);
            }
        });
    }
}
