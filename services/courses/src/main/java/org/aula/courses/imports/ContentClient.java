package org.aula.courses.imports;

import com.github.f4b6a3.uuid.UuidCreator;
import com.google.common.util.concurrent.ListenableFuture;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.aula.api.content.v1.AssetVisibility;
import org.aula.api.content.v1.BatchGetDownloadsRequest;
import org.aula.api.content.v1.CompleteUploadRequest;
import org.aula.api.content.v1.ContentServiceGrpc;
import org.aula.api.content.v1.ContentServiceGrpc.ContentServiceFutureStub;
import org.aula.api.content.v1.CreateUploadRequest;
import org.aula.api.content.v1.DeleteAssetRequest;
import org.aula.api.content.v1.ErrorReason;
import org.aula.courses.olx.MediaFile;
import org.aula.kernel.client.Calls;
import org.aula.kernel.client.Channels;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.error.UpstreamException;

/// The content service, as an import uses it in the name of this service.
@Singleton
final class ContentClient {

    private static final int LONGEST_FILE_NAME = 255;

    private final Channels channels;

    ContentClient(Channels channels) {
        this.channels = channels;
    }

    /// Where bytes can be read.
    record Download(URI address, long sizeBytes) {}

    /// Where the bytes of an announced asset must be put.
    ///
    /// @param headers that the PUT must carry
    record Upload(UUID assetId, URI address, Map<String, String> headers) {}

    /// @throws ServiceException NOT_FOUND with ASSET_NOT_FOUND
    Download download(UUID assetId) {
        var request = BatchGetDownloadsRequest.newBuilder()
                .addAssetIds(assetId.toString())
                .build();
        return Calls.await("content", stub().batchGetDownloads(request)).getDownloadsList().stream()
                .findFirst()
                .map(found -> new Download(
                        URI.create(found.getUrl()), found.getAsset().getSizeBytes()))
                .orElseThrow(() ->
                        Errors.notFound(ErrorReason.ERROR_REASON_ASSET_NOT_FOUND, "the archive is not there any more"));
    }

    /// Announces a file of a course. The same file of the same course is announced once, however often this
    /// is asked.
    ///
    /// @param forEveryone whether also those may read it who are not enrolled
    /// @throws ServiceException FAILED_PRECONDITION with QUOTA_EXCEEDED: waiting would not make room
    Upload announce(MediaFile media, UUID courseId, UUID ownerId, boolean forEveryone) {
        var response = orNoRoom(stub().createUpload(CreateUploadRequest.newBuilder()
                .setRequestId(UuidCreator.getNameBasedSha1(courseId, media.archivePath())
                        .toString())
                .setFileName(Texts.cut(media.fileName(), LONGEST_FILE_NAME))
                .setMediaType(media.contentType())
                .setSizeBytes(media.sizeBytes())
                .setSha256(media.sha256())
                .setCourseId(courseId.toString())
                .setVisibility(
                        forEveryone ? AssetVisibility.ASSET_VISIBILITY_PUBLIC : AssetVisibility.ASSET_VISIBILITY_COURSE)
                .setOwnerId(ownerId.toString())
                .build()));
        return new Upload(
                UUID.fromString(response.getAsset().getId()),
                URI.create(response.getUploadUrl()),
                response.getHeadersMap());
    }

    /// @return false when the bytes are of another type than was announced
    boolean complete(UUID assetId) {
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

    void delete(UUID assetId) {
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
