package org.aula.courses.course;

import io.grpc.Status.Code;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.content.v1.AssetState;
import org.aula.api.content.v1.ContentServiceGrpc;
import org.aula.api.content.v1.ErrorReason;
import org.aula.api.content.v1.GetAssetRequest;
import org.aula.kernel.client.Calls;
import org.aula.kernel.client.Channels;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.error.UpstreamException;

/// Asks the content service, in the caller's name, about an archive that is to be imported.
@Singleton
final class ArchiveClient {

    private final Channels channels;

    ArchiveClient(Channels channels) {
        this.channels = channels;
    }

    /// Refuses an archive that is not there yet or belongs to somebody else.
    ///
    /// @throws ServiceException NOT_FOUND with ASSET_NOT_FOUND, FAILED_PRECONDITION with ASSET_NOT_READY
    void requireReady(UUID assetId, UUID ownerId) {
        var content = ContentServiceGrpc.newFutureStub(channels.channel("content"));
        var request =
                GetAssetRequest.newBuilder().setAssetId(assetId.toString()).build();
        try {
            var asset = Calls.await("content", content.getAsset(request)).getAsset();
            if (!asset.getOwnerId().equals(ownerId.toString())) {
                throw notFound();
            }
            if (asset.getState() != AssetState.ASSET_STATE_READY) {
                throw Errors.failedPrecondition(
                        ErrorReason.ERROR_REASON_ASSET_NOT_READY,
                        "the archive's upload is not complete",
                        java.util.Map.of());
            }
        } catch (UpstreamException refused) {
            throw refused.code() == Code.NOT_FOUND ? notFound() : refused;
        }
    }

    private static ServiceException notFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_ASSET_NOT_FOUND, "asset not found");
    }
}
