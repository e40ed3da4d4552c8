package org.aula.users.picture;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.aula.api.content.v1.Asset;
import org.aula.api.content.v1.AssetKind;
import org.aula.api.content.v1.AssetState;
import org.aula.api.content.v1.AssetVisibility;
import org.aula.api.content.v1.ContentServiceGrpc;
import org.aula.api.content.v1.ErrorReason;
import org.aula.api.content.v1.GetAssetRequest;
import org.aula.kernel.client.Calls;
import org.aula.kernel.client.Channels;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.UpstreamException;

/// Asks `content` for an asset, as the caller sees it.
@Singleton
final class PictureClient {

    private static final String CONTENT = "content";

    private final Channels channels;

    PictureClient(Channels channels) {
        this.channels = channels;
    }

    /// The asset, or nothing when there is none for the caller.
    Optional<Picture> find(UUID assetId) {
        var request =
                GetAssetRequest.newBuilder().setAssetId(assetId.toString()).build();
        try {
            var stub = ContentServiceGrpc.newFutureStub(channels.channel("content"));
            return Optional.of(
                    picture(Calls.await(CONTENT, stub.getAsset(request)).getAsset()));
        } catch (UpstreamException refused) {
            if (Errors.name(ErrorReason.ERROR_REASON_ASSET_NOT_FOUND).equals(refused.reason())) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    private static Picture picture(Asset asset) {
        return new Picture(
                UUID.fromString(asset.getOwnerId()),
                asset.getState() == AssetState.ASSET_STATE_READY,
                asset.getKind() == AssetKind.ASSET_KIND_IMAGE,
                asset.getVisibility() == AssetVisibility.ASSET_VISIBILITY_PUBLIC);
    }
}
