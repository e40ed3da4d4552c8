package org.aula.content.asset;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import org.aula.api.content.v1.ErrorReason;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;

/// Completes and removes what was announced. Bytes and document lie in two stores; each step may be
/// repeated.
@Singleton
final class Uploads {

    private final AssetStore assets;
    private final ObjectStore objects;

    Uploads(AssetStore assets, ObjectStore objects) {
        this.assets = assets;
        this.objects = objects;
    }

    /// Compares the bytes with what was announced. A failed upload may be sent and completed again.
    ///
    /// @throws ServiceException UPLOAD_MISSING, UPLOAD_MISMATCH, or ASSET_NOT_FOUND when it was deleted
    ///     meanwhile
    Asset complete(Asset asset) {
        if (asset.isReady()) {
            return asset;
        }
        var mismatch = asset.mismatch(found(asset));
        if (mismatch.isPresent()) {
            assets.setState(asset.id(), Asset.State.FAILED);
            throw mismatch.get();
        }
        if (!assets.setState(asset.id(), Asset.State.READY)) {
            throw notFound(asset.id());
        }
        return asset.in(Asset.State.READY);
    }

    /// The bytes first: a document without bytes can be deleted again, bytes without a document would stay
    /// for ever.
    void delete(Asset asset) {
        objects.delete(asset.objectKey());
        assets.delete(asset.id());
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

    private static ServiceException missing() {
        return Errors.failedPrecondition(ErrorReason.ERROR_REASON_UPLOAD_MISSING, "nothing was uploaded yet", Map.of());
    }
}
