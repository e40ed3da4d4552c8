package org.aula.content.asset;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.aula.api.content.v1.ErrorReason;
import org.aula.content.file.FileType;
import org.aula.content.file.FileWork;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.events.Outbox;
import org.aula.kernel.postgres.Database;

/// Announces and completes files. The row in PostgreSQL changes first, with the quota and the event; the
/// document follows, and if a crash comes between, a repetition or the work on the file brings it up to
/// date.
@Singleton
final class Uploads {

    private final AssetStore assets;
    private final FileRepository files;
    private final Quotas quotas;
    private final ObjectStore objects;
    private final AssetWork work;
    private final Database database;
    private final Outbox outbox;
    private final Clock clock;

    Uploads(
            AssetStore assets,
            FileRepository files,
            Quotas quotas,
            ObjectStore objects,
            AssetWork work,
            Database database,
            Outbox outbox,
            Clock clock) {
        this.assets = assets;
        this.files = files;
        this.quotas = quotas;
        this.objects = objects;
        this.work = work;
        this.database = database;
        this.outbox = outbox;
        this.clock = clock;
    }

    /// The file counts from now on, unless it does already.
    ///
    /// @throws ServiceException QUOTA_EXCEEDED
    void announce(Asset asset) {
        if (files.announce(asset)) {
            quotas.take(asset.ownerId(), asset.countedBytes());
        }
    }

    /// Announces again what an earlier call had announced: its document may be missing because a crash left
    /// it out, or because the file was deleted since, which makes it count anew.
    Asset announceAgain(Asset asset) {
        return assets.find(asset.id()).orElseGet(() -> {
            database.transact(() -> announce(asset));
            return assets.insertIfAbsent(asset);
        });
    }

    /// Compares the bytes with what was announced. A failed upload may be sent and completed again.
    ///
    /// @throws ServiceException UPLOAD_MISSING, UPLOAD_MISMATCH, MEDIA_TYPE_MISMATCH, QUOTA_EXCEEDED, or
    ///     ASSET_NOT_FOUND when it was deleted meanwhile
    Asset complete(Asset asset) {
        if (asset.isReady()) {
            return asset;
        }
        var mismatch = asset.mismatch(found(asset));
        if (mismatch.isPresent()) {
            throw refused(asset, mismatch.get());
        }
        if (objects.isOpenToStrangers(asset.objectKey())) {
            throw refused(asset, Asset.mismatch("read by signed addresses", "read by everybody"));
        }
        var type = FileType.of(new StoredBytes(objects, asset.objectKey(), asset.sizeBytes()), asset.mediaType());
        if (!type.mayBe(asset.mediaType())) {
            throw refused(asset, lie(asset, type));
        }
        var now = now();
        database.transact(() -> accept(asset, type, now));
        var processing = FileWork.isWorthIt(type) ? AssetDetails.Processing.PROCESSING : AssetDetails.Processing.NONE;
        var ready = asset.in(Asset.State.READY, AssetDetails.of(type.kind(), processing, ""), now);
        assets.setAccepted(asset.id(), ready.details(), now);
        work.run();
        return ready;
    }

    private void accept(Asset asset, FileType type, Instant now) {
        var row = files.lock(asset.id()).orElseThrow(() -> notFound(asset.id()));
        switch (row.state()) {
            case DELETING -> throw notFound(asset.id());
            case READY -> {
                // A crash had left the document behind; it follows now.
            }
            case PENDING, FAILED -> {
                if (row.state() == FileRepository.State.FAILED) {
                    quotas.take(asset.ownerId(), asset.countedBytes());
                }
                files.set(asset.id(), FileRepository.State.READY, asset.countedBytes(), now);
                outbox.append(AssetEvents.ready(asset.id(), type.kind()));
            }
        }
    }

    /// What was refused counts no more, and its bytes go.
    private ServiceException refused(Asset asset, ServiceException refusal) {
        var failed = database.transact(() -> {
            var row = files.lock(asset.id()).orElseThrow(() -> notFound(asset.id()));
            if (row.state() != FileRepository.State.PENDING) {
                return row.state() == FileRepository.State.FAILED;
            }
            files.set(asset.id(), FileRepository.State.FAILED, 0, null);
            quotas.giveBack(asset.ownerId(), row.countedBytes());
            return true;
        });
        if (failed) {
            assets.setFailed(asset.id(), now());
            objects.delete(asset.objectKey());
        }
        return refusal;
    }

    static ServiceException notFound(UUID id) {
        return Errors.notFound(ErrorReason.ERROR_REASON_ASSET_NOT_FOUND, "there is no asset " + id + " for you");
    }

    /// Bytes of another size are not worth hashing.
    private Asset.Found found(Asset asset) {
        var key = asset.objectKey();
        var size = objects.size(key).orElseThrow(Uploads::missing);
        var sha256 = size == asset.sizeBytes() ? objects.sha256(key).orElseThrow(Uploads::missing) : "";
        return new Asset.Found(size, sha256);
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    private static ServiceException missing() {
        return Errors.failedPrecondition(ErrorReason.ERROR_REASON_UPLOAD_MISSING, "nothing was uploaded yet", Map.of());
    }

    private static ServiceException lie(Asset asset, FileType type) {
        return Errors.failedPrecondition(
                ErrorReason.ERROR_REASON_MEDIA_TYPE_MISMATCH,
                "the bytes are of another type than was announced",
                Map.of("announced", asset.mediaType(), "found", type.found()));
    }
}
