package org.aula.grades.submission;

import com.google.rpc.Code;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.aula.api.content.v1.AssetState;
import org.aula.api.content.v1.AssetVisibility;
import org.aula.api.content.v1.BatchGetDownloadsRequest;
import org.aula.api.content.v1.BatchGetDownloadsResponse;
import org.aula.api.content.v1.ContentServiceGrpc;
import org.aula.api.content.v1.ContentServiceGrpc.ContentServiceFutureStub;
import org.aula.api.content.v1.CreateUploadRequest;
import org.aula.api.grades.v1.CreateSubmissionUploadRequest;
import org.aula.api.grades.v1.CreateSubmissionUploadResponse;
import org.aula.api.grades.v1.ErrorReason;
import org.aula.api.grades.v1.SubmissionDownload;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.client.Calls;
import org.aula.kernel.client.Channels;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.UpstreamException;

/// Asks the content service about files. No transaction may be open meanwhile.
///
/// Every method throws [org.aula.kernel.error.UpstreamException] when the content service does not answer.
@Singleton
final class ContentClient {

    private final Channels channels;

    ContentClient(Channels channels) {
        this.channels = channels;
    }

    /// Those of the files, in their order, that are the caller's own and are there.
    List<Submission.File> own(List<UUID> assetIds, UUID ownerId) {
        var files = new ArrayList<Submission.File>();
        if (assetIds.isEmpty()) {
            return files;
        }
        for (var download : ask(assetIds).getDownloadsList()) {
            var asset = download.getAsset();
            if (asset.getOwnerId().equals(ownerId.toString()) && asset.getState() == AssetState.ASSET_STATE_READY) {
                files.add(new Submission.File(
                        UUID.fromString(asset.getId()),
                        asset.getFileName(),
                        asset.getMediaType(),
                        asset.getSizeBytes()));
            }
        }
        return files;
    }

    /// Where files can be read, in the name of this service: who may is decided before. The files are the
    /// learner's private ones, and graders are no owners of them.
    List<SubmissionDownload> downloads(List<UUID> assetIds) {
        if (assetIds.isEmpty()) {
            return List.of();
        }
        return asService(() -> ask(assetIds)).getDownloadsList().stream()
                .map(download -> SubmissionDownload.newBuilder()
                        .setAssetId(download.getAsset().getId())
                        .setUrl(download.getUrl())
                        .setExpireTime(download.getExpireTime())
                        .build())
                .toList();
    }

    /// Announces a file of the learner's.
    ///
    /// @param request checked, of a draft of this learner
    CreateSubmissionUploadResponse announce(CreateSubmissionUploadRequest request, UUID ownerId) {
        // Learners choose their requests' ids each for themselves; to content all calls are this service's.
        var key = UUID.nameUUIDFromBytes((ownerId + " " + request.getRequestId()).getBytes(StandardCharsets.UTF_8));
        var upload = CreateUploadRequest.newBuilder()
                .setRequestId(key.toString())
                .setFileName(request.getFileName())
                .setMediaType(request.getMediaType())
                .setSizeBytes(request.getSizeBytes())
                .setSha256(request.getSha256())
                .setVisibility(AssetVisibility.ASSET_VISIBILITY_PRIVATE)
                .setOwnerId(ownerId.toString())
                .build();
        try {
            var announced = asService(() -> Calls.await("content", stub().createUpload(upload)));
            return CreateSubmissionUploadResponse.newBuilder()
                    .setAssetId(announced.getAsset().getId())
                    .setUploadUrl(announced.getUploadUrl())
                    .putAllHeaders(announced.getHeadersMap())
                    .setExpireTime(announced.getExpireTime())
                    .build();
        } catch (UpstreamException refused) {
            throw explained(refused);
        }
    }

    /// What the learner can do something about.
    private static RuntimeException explained(UpstreamException refused) {
        var reason = Objects.requireNonNullElse(refused.reason(), "");
        return switch (reason) {
            case "QUOTA_EXCEEDED" ->
                Errors.of(
                        Code.RESOURCE_EXHAUSTED,
                        ErrorReason.ERROR_REASON_QUOTA_EXCEEDED,
                        "your files take as much room as they may",
                        Map.of());
            case "IDEMPOTENCY_KEY_REUSED" ->
                Errors.invalid(
                        org.aula.api.common.v1.ErrorReason.ERROR_REASON_IDEMPOTENCY_KEY_REUSED,
                        "request_id",
                        "this request id was used before with other contents");
            case "REQUEST_IN_PROGRESS" ->
                Errors.tryAgain(
                        org.aula.api.common.v1.ErrorReason.ERROR_REASON_REQUEST_IN_PROGRESS,
                        "the same request is being worked on right now");
            default -> refused;
        };
    }

    private static <A> A asService(Callable<A> call) {
        var traceparent = CallScope.current().traceparent();
        try {
            return CallScope.runAsService("grades", "submission-files", traceparent, call);
        } catch (RuntimeException refused) {
            throw refused;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private BatchGetDownloadsResponse ask(List<UUID> assetIds) {
        var request = BatchGetDownloadsRequest.newBuilder()
                .addAllAssetIds(assetIds.stream().map(UUID::toString).toList())
                .build();
        return Calls.await("content", stub().batchGetDownloads(request));
    }

    private ContentServiceFutureStub stub() {
        return ContentServiceGrpc.newFutureStub(channels.channel("content"));
    }
}
