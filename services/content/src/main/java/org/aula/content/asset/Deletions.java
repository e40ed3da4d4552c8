package org.aula.content.asset;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.aula.kernel.events.Outbox;
import org.aula.kernel.postgres.Transactions;
import org.jdbi.v3.core.Handle;

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
    private final Transactions transactions;
    private final Outbox outbox;
    private final Clock clock;

    Deletions(
            AssetStore assets,
            FileRepository files,
            Quotas quotas,
            ObjectStore objects,
            Transactions transactions,
            Outbox outbox,
            Clock clock) {
        this.assets = assets;
        this.files = files;
        this.quotas = quotas;
        this.objects = objects;
        this.transactions = transactions;
        this.outbox = outbox;
        this.clock = clock;
    }

    /// Begins to delete.
    ///
    /// @return false when that was begun before
    boolean begin(Handle handle, Asset asset) {
        var counted = files.delete(handle, asset, clock.instant());
        if (counted.isEmpty()) {
            return false;
        }
        quotas.giveBack(handle, asset.ownerId(), counted.getAsLong());
        outbox.append(handle, AssetEvents.deleted(asset.id()));
        return true;
    }

    /// Begins to delete uploads that nobody completed in time. Nobody was told of them, so nobody is told.
    ///
    /// @return how many
    int sweep(Instant announcedBefore, int most) {
        return transactions.write(handle -> {
            var swept = files.sweep(handle, announcedBefore, clock.instant(), most);
            swept.forEach(upload -> quotas.giveBack(handle, upload.ownerId(), upload.countedBytes()));
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
        transactions.writeVoid(handle -> {
            if (isLast) {
                files.forget(handle, work);
            } else {
                files.giveBack(handle, work, last, false);
            }
        });
    }
}
