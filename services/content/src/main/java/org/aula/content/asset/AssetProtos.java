package org.aula.content.asset;

import java.time.Instant;
import java.util.UUID;
import org.aula.api.content.v1.AssetState;
import org.aula.api.content.v1.AssetVisibility;
import org.aula.api.content.v1.CreateUploadRequest;
import org.aula.api.content.v1.CreateUploadResponse;
import org.aula.api.content.v1.Download;
import org.aula.kernel.time.Times;

/// To and from the contract's messages.
final class AssetProtos {

    private AssetProtos() {}

    /// The asset that a request announces.
    static Asset announced(CreateUploadRequest request, UUID id, UUID ownerId, Instant now) {
        return new Asset(
                id,
                ownerId,
                request.getCourseId().isEmpty() ? null : UUID.fromString(request.getCourseId()),
                request.getFileName(),
                request.getMediaType(),
                request.getSizeBytes(),
                request.getSha256(),
                Asset.State.PENDING,
                visibility(request.getVisibility()),
                Instant.ofEpochMilli(now.toEpochMilli()));
    }

    static org.aula.api.content.v1.Asset message(Asset asset) {
        return org.aula.api.content.v1.Asset.newBuilder()
                .setId(asset.id().toString())
                .setOwnerId(asset.ownerId().toString())
                .setCourseId(asset.courseId() == null ? "" : asset.courseId().toString())
                .setFileName(asset.fileName())
                .setMediaType(asset.mediaType())
                .setSizeBytes(asset.sizeBytes())
                .setSha256(asset.sha256())
                .setState(state(asset.state()))
                .setVisibility(visibility(asset.visibility()))
                .setCreateTime(Times.timestamp(asset.createdAt()))
                .build();
    }

    static Asset asset(org.aula.api.content.v1.Asset message) {
        return new Asset(
                UUID.fromString(message.getId()),
                UUID.fromString(message.getOwnerId()),
                message.getCourseId().isEmpty() ? null : UUID.fromString(message.getCourseId()),
                message.getFileName(),
                message.getMediaType(),
                message.getSizeBytes(),
                message.getSha256(),
                Asset.State.PENDING,
                visibility(message.getVisibility()),
                Instant.ofEpochSecond(
                        message.getCreateTime().getSeconds(),
                        message.getCreateTime().getNanos()));
    }

    static CreateUploadResponse upload(Asset asset, ObjectStore.SignedAddress address) {
        return CreateUploadResponse.newBuilder()
                .setAsset(message(asset))
                .setUploadUrl(address.url())
                .putAllHeaders(address.headers())
                .setExpireTime(Times.timestamp(address.expires()))
                .build();
    }

    static Download download(Asset asset, ObjectStore.SignedAddress address) {
        return Download.newBuilder()
                .setAsset(message(asset))
                .setUrl(address.url())
                .setExpireTime(Times.timestamp(address.expires()))
                .build();
    }

    private static AssetState state(Asset.State state) {
        return switch (state) {
            case PENDING -> AssetState.ASSET_STATE_PENDING;
            case READY -> AssetState.ASSET_STATE_READY;
            case FAILED -> AssetState.ASSET_STATE_FAILED;
        };
    }

    private static AssetVisibility visibility(Asset.Visibility visibility) {
        return switch (visibility) {
            case PRIVATE -> AssetVisibility.ASSET_VISIBILITY_PRIVATE;
            case COURSE -> AssetVisibility.ASSET_VISIBILITY_COURSE;
            case PUBLIC -> AssetVisibility.ASSET_VISIBILITY_PUBLIC;
        };
    }

    /// Validation has refused what the contract does not know.
    private static Asset.Visibility visibility(AssetVisibility visibility) {
        return switch (visibility) {
            case ASSET_VISIBILITY_COURSE -> Asset.Visibility.COURSE;
            case ASSET_VISIBILITY_PUBLIC -> Asset.Visibility.PUBLIC;
            case ASSET_VISIBILITY_PRIVATE, ASSET_VISIBILITY_UNSPECIFIED, UNRECOGNIZED -> Asset.Visibility.PRIVATE;
        };
    }
}
