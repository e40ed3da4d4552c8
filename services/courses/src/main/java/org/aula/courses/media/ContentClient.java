package org.aula.courses.media;

import com.github.f4b6a3.uuid.UuidCreator;
import com.google.common.collect.Lists;
import com.google.common.util.concurrent.ListenableFuture;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.aula.api.content.v1.AssetVisibility;
import org.aula.api.content.v1.BatchGetDownloadsRequest;
import org.aula.api.content.v1.CompleteUploadRequest;
import org.aula.api.content.v1.ContentServiceGrpc;
import org.aula.api.content.v1.ContentServiceGrpc.ContentServiceFutureStub;
import org.aula.api.content.v1.CreateUploadRequest;
import org.aula.api.content.v1.DeleteAssetRequest;
import org.aula.api.content.v1.Download;
import org.aula.api.content.v1.ErrorReason;
import org.aula.kernel.client.Calls;
import org.aula.kernel.client.Channels;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.error.UpstreamException;
import org.jspecify.annotations.Nullable;

/// The content service, as long work uses it in the name of this service.
@Singleton
public final class ContentClient {

    private static final int AT_ONCE = 200;

    private final Channels channels;

    ContentClient(Channels channels) {
        this.channels = channels;
    }

    /// Where the bytes of an announced asset must be put.
    ///
    /// @param headers that the PUT must carry
    public record Upload(UUID assetId, URI address, Map<String, String> headers) {}

    /// @throws ServiceException NOT_FOUND with ASSET_NOT_FOUND
    public StoredFile download(UUID assetId) {
        return downloads(List.of(assetId)).stream()
                .findFirst()
                .orElseThrow(() ->
                        Errors.notFound(ErrorReason.ERROR_REASON_ASSET_NOT_FOUND, "the archive no longer exists"));
    }

    /// Those of the files that are there and complete.
    public List<StoredFile> downloads(Collection<UUID> assetIds) {
        var found = new ArrayList<StoredFile>();
        for (var ids : Lists.partition(List.copyOf(assetIds), AT_ONCE)) {
            var request = BatchGetDownloadsRequest.newBuilder()
                    .addAllAssetIds(ids.stream().map(UUID::toString).toList())
                    .build();
            Calls.await("content", stub().batchGetDownloads(request))
                    .getDownloadsList()
                    .forEach(download -> found.add(stored(download)));
        }
        return found;
    }

    /// Announces a file of a course. The same file of the same course is announced once, however often this
    /// is asked.
    ///
    /// @throws ServiceException FAILED_PRECONDITION with QUOTA_EXCEEDED: waiting would not make room
    public Upload announce(CourseFile file, UUID courseId, UUID ownerId) {
        var lessonId = file.lessonId();
        return announce(request(file, ownerId)
                .setRequestId(
                        UuidCreator.getNameBasedSha1(courseId, file.seed()).toString())
                .setCourseId(courseId.toString())
                .setLessonId(lessonId == null ? "" : lessonId.toString())
                .build());
    }

    /// Announces a file of a user that belongs to no course.
    ///
    /// @throws ServiceException FAILED_PRECONDITION with QUOTA_EXCEEDED
    public Upload announce(CourseFile file, UUID ownerId) {
        return announce(request(file, ownerId)
                .setRequestId(UuidCreator.getTimeOrderedEpoch().toString())
                .build());
    }

    private static CreateUploadRequest.Builder request(CourseFile file, UUID ownerId) {
        return CreateUploadRequest.newBuilder()
                .setFileName(file.fileName())
                .setMediaType(file.mediaType())
                .setSizeBytes(file.sizeBytes())
                .setSha256(file.sha256())
                .setVisibility(AssetVisibility.valueOf(
                        "ASSET_VISIBILITY_" + file.visibility().name()))
                .setOwnerId(ownerId.toString());
    }

    private Upload announce(CreateUploadRequest request) {
        var response = orNoRoom(stub().createUpload(request));
        return new Upload(
                UUID.fromString(response.getAsset().getId()),
                URI.create(response.getUploadUrl()),
                response.getHeadersMap());
    }

    private static StoredFile stored(Download download) {
        var asset = download.getAsset();
        var file = new CourseFile(
                asset.getId(),
                asset.getFileName(),
                asset.getMediaType(),
                asset.getSizeBytes(),
                asset.getSha256(),
                switch (asset.getVisibility()) {
                    case ASSET_VISIBILITY_PUBLIC -> FileVisibility.PUBLIC;
                    case ASSET_VISIBILITY_COURSE -> FileVisibility.COURSE;
                    case ASSET_VISIBILITY_PRIVATE, ASSET_VISIBILITY_UNSPECIFIED, UNRECOGNIZED -> FileVisibility.PRIVATE;
                },
                id(asset.getLessonId()));
        return new StoredFile(
                UUID.fromString(asset.getId()),
                UUID.fromString(asset.getOwnerId()),
                id(asset.getCourseId()),
                file,
                URI.create(download.getUrl()));
    }

    private static @Nullable UUID id(String text) {
        return text.isEmpty() ? null : UUID.fromString(text);
    }

    /// @return false when the bytes are of another type than was announced
    public boolean complete(UUID assetId) {
        var request = CompleteUploadRequest.newBuilder()
                .setAssetId(assetId.toString())
                .build();
        try {
            Calls.await("content", stub().completeUpload(request));
            return true;
        } catch (UpstreamException refused) {
            if (isFor(refused, ErrorReason.ERROR_REASON_MEDIA_TYPE_MISMATCH)) {
                return false;
            }
            throw refused;
        }
    }

    public void delete(UUID assetId) {
        Calls.await(
                "content",
                stub().deleteAsset(DeleteAssetRequest.newBuilder()
                        .setAssetId(assetId.toString())
                        .build()));
    }

    private static <A> A orNoRoom(ListenableFuture<A> answer) {
        try {
            return Calls.await("content", answer);
        } catch (UpstreamException refused) {
            if (isFor(refused, ErrorReason.ERROR_REASON_QUOTA_EXCEEDED)) {
                throw Errors.failedPrecondition(
                        ErrorReason.ERROR_REASON_QUOTA_EXCEEDED, "there is no room for the course's files", Map.of());
            }
            throw refused;
        }
    }

    private static boolean isFor(UpstreamException refused, ErrorReason reason) {
        return Errors.name(reason).equals(refused.reason());
    }

    private ContentServiceFutureStub stub() {
        return ContentServiceGrpc.newFutureStub(channels.channel("content"));
    }
}
