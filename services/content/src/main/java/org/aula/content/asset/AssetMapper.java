package org.aula.content.asset;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.aula.api.content.v1.AssetKind;
import org.aula.api.content.v1.AssetState;
import org.aula.api.content.v1.AssetVariant;
import org.aula.api.content.v1.AssetVisibility;
import org.aula.api.content.v1.CreateUploadRequest;
import org.aula.api.content.v1.CreateUploadResponse;
import org.aula.api.content.v1.Custody;
import org.aula.api.content.v1.Download;
import org.aula.api.content.v1.GetPackageFileResponse;
import org.aula.api.content.v1.ProcessingState;
import org.aula.api.content.v1.Quota;
import org.aula.content.file.FileKind;
import org.aula.kernel.time.Times;
import org.jspecify.annotations.Nullable;

/// To and from the contract's messages.
final class AssetMapper {

    /// What browsers show and what runs no scripts.
    private static final Set<String> PICTURES = Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

    private static final long MAX_PICTURE_BYTES = 5L << 20;

    private AssetMapper() {}

    /// Whether only the owner, or the custodian, is meant to read the file.
    static boolean isPrivate(CreateUploadRequest request) {
        return switch (request.getVisibility()) {
            case ASSET_VISIBILITY_UNSPECIFIED, ASSET_VISIBILITY_PRIVATE -> true;
            case ASSET_VISIBILITY_COURSE, ASSET_VISIBILITY_PUBLIC, UNRECOGNIZED -> false;
        };
    }

    /// Whether a request announces what whoever is signed in may upload.
    static boolean isPublicPicture(CreateUploadRequest request) {
        return request.getVisibility() == AssetVisibility.ASSET_VISIBILITY_PUBLIC
                && PICTURES.contains(request.getMediaType())
                && request.getSizeBytes() <= MAX_PICTURE_BYTES
                && request.getCourseId().isEmpty()
                && request.getLessonId().isEmpty();
    }

    /// The asset that a request announces.
    static Asset create(CreateUploadRequest request, UUID id, UUID ownerId, Instant now) {
        return new Asset(
                id,
                ownerId,
                idOrNull(request.getCourseId()),
                idOrNull(request.getLessonId()),
                request.getFileName(),
                request.getMediaType(),
                request.getSizeBytes(),
                request.getSha256(),
                Asset.State.PENDING,
                visibility(request.getVisibility()),
                millis(now),
                millis(now),
                AssetDetails.UNKNOWN,
                request.hasCustody() ? custody(request.getCustody()) : null);
    }

    static org.aula.api.content.v1.Asset toProto(Asset asset) {
        var message = org.aula.api.content.v1.Asset.newBuilder()
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
                .setUpdateTime(Times.timestamp(asset.updatedAt()))
                .setLessonId(asset.lessonId() == null ? "" : asset.lessonId().toString());
        if (asset.custody() != null) {
            message.setCustody(custody(asset.custody()));
        }
        addDetails(message, asset.details());
        return message.build();
    }

    private static void addDetails(org.aula.api.content.v1.Asset.Builder message, AssetDetails details) {
        message.setKind(kind(details.kind()))
                .setProcessing(toProto(details.processing()))
                .setProcessingError(details.error())
                .setWidth(details.width())
                .setHeight(details.height())
                .setPageCount(details.pageCount())
                .setHasText(details.textBytes() > 0)
                .setPackageEntry(details.packageEntry());
        if (details.durationMillis() > 0) {
            message.setDuration(Times.duration(Duration.ofMillis(details.durationMillis())));
        }
        for (var variant : details.variants()) {
            message.addVariants(AssetVariant.newBuilder()
                    .setName(variant.name())
                    .setWidth(variant.width())
                    .setHeight(variant.height())
                    .setMediaType(variant.mediaType())
                    .setSizeBytes(variant.sizeBytes()));
        }
    }

    /// What was announced; what was found since is not asked.
    static Asset fromProto(org.aula.api.content.v1.Asset message) {
        return new Asset(
                UUID.fromString(message.getId()),
                UUID.fromString(message.getOwnerId()),
                idOrNull(message.getCourseId()),
                idOrNull(message.getLessonId()),
                message.getFileName(),
                message.getMediaType(),
                message.getSizeBytes(),
                message.getSha256(),
                Asset.State.PENDING,
                visibility(message.getVisibility()),
                Times.instant(message.getCreateTime()),
                Times.instant(message.getCreateTime()),
                AssetDetails.UNKNOWN,
                message.hasCustody() ? custody(message.getCustody()) : null);
    }

    private static Asset.Custody custody(Custody custody) {
        return new Asset.Custody(
                custody.getCustodian(),
                custody.getCountsTowardsQuota(),
                custody.hasHoldEndTime() ? millis(Times.instant(custody.getHoldEndTime())) : null);
    }

    private static Custody custody(Asset.Custody custody) {
        var message = Custody.newBuilder()
                .setCustodian(custody.custodian())
                .setCountsTowardsQuota(custody.countsTowardsQuota());
        if (custody.heldUntil() != null) {
            message.setHoldEndTime(Times.timestamp(custody.heldUntil()));
        }
        return message.build();
    }

    static CreateUploadResponse upload(Asset asset, ObjectStore.SignedAddress address) {
        return CreateUploadResponse.newBuilder()
                .setAsset(toProto(asset))
                .setUploadUrl(address.url())
                .putAllHeaders(address.headers())
                .setExpireTime(Times.timestamp(address.expires()))
                .build();
    }

    static Download download(Asset asset, ObjectStore.SignedAddress address) {
        return Download.newBuilder()
                .setAsset(toProto(asset))
                .setUrl(address.url())
                .setExpireTime(Times.timestamp(address.expires()))
                .build();
    }

    static GetPackageFileResponse packageFile(AssetReader.PackageFile file) {
        return GetPackageFileResponse.newBuilder()
                .setUrl(file.address().url())
                .setMediaType(file.mediaType())
                .setExpireTime(Times.timestamp(file.address().expires()))
                .build();
    }

    static Quota toProto(Quotas.Quota quota) {
        return Quota.newBuilder()
                .setUserId(quota.ownerId().toString())
                .setUsedBytes(quota.usedBytes())
                .setLimitBytes(quota.limitBytes())
                .setAssetCount(quota.assetCount())
                .build();
    }

    static AssetKind kind(@Nullable FileKind kind) {
        return switch (kind) {
            case null -> AssetKind.ASSET_KIND_UNSPECIFIED;
            case IMAGE -> AssetKind.ASSET_KIND_IMAGE;
            case VIDEO -> AssetKind.ASSET_KIND_VIDEO;
            case AUDIO -> AssetKind.ASSET_KIND_AUDIO;
            case DOCUMENT -> AssetKind.ASSET_KIND_DOCUMENT;
            case SCORM -> AssetKind.ASSET_KIND_SCORM;
            case ARCHIVE -> AssetKind.ASSET_KIND_ARCHIVE;
            case OTHER -> AssetKind.ASSET_KIND_OTHER;
        };
    }

    /// Null for all.
    static @Nullable FileKind kind(AssetKind kind) {
        return switch (kind) {
            case ASSET_KIND_IMAGE -> FileKind.IMAGE;
            case ASSET_KIND_VIDEO -> FileKind.VIDEO;
            case ASSET_KIND_AUDIO -> FileKind.AUDIO;
            case ASSET_KIND_DOCUMENT -> FileKind.DOCUMENT;
            case ASSET_KIND_SCORM -> FileKind.SCORM;
            case ASSET_KIND_ARCHIVE -> FileKind.ARCHIVE;
            case ASSET_KIND_OTHER -> FileKind.OTHER;
            case ASSET_KIND_UNSPECIFIED, UNRECOGNIZED -> null;
        };
    }

    static ProcessingState toProto(AssetDetails.Processing processing) {
        return switch (processing) {
            case NONE -> ProcessingState.PROCESSING_STATE_UNSPECIFIED;
            case PROCESSING -> ProcessingState.PROCESSING_STATE_PROCESSING;
            case COMPLETED -> ProcessingState.PROCESSING_STATE_COMPLETED;
            case FAILED -> ProcessingState.PROCESSING_STATE_FAILED;
        };
    }

    static @Nullable UUID idOrNull(String id) {
        return id.isEmpty() ? null : UUID.fromString(id);
    }

    private static Instant millis(Instant time) {
        return Instant.ofEpochMilli(time.toEpochMilli());
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
