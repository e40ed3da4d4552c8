package org.aula.grades.submission;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.aula.api.content.v1.Asset;
import org.aula.api.content.v1.AssetVisibility;
import org.aula.api.content.v1.BatchGetDownloadsRequest;
import org.aula.api.content.v1.BatchGetDownloadsResponse;
import org.aula.api.content.v1.CompleteUploadRequest;
import org.aula.api.content.v1.ContentServiceGrpc;
import org.aula.api.content.v1.ContentServiceGrpc.ContentServiceFutureStub;
import org.aula.api.content.v1.CreateUploadRequest;
import org.aula.api.content.v1.Custody;
import org.aula.api.content.v1.DeleteAssetRequest;
import org.aula.api.grades.v1.CreateSubmissionUploadRequest;
import org.aula.api.grades.v1.CreateSubmissionUploadResponse;
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

    /// This service, as content knows it.
    private static final String CUSTODIAN = "grades";

    private final Channels channels;

    ContentClient(Channels channels) {
        this.channels = channels;
    }

    /// Those of the files, in their order, that are in the custody of this service and are there.
    List<Submission.File> files(List<UUID> assetIds) {
        if (assetIds.isEmpty()) {
            return List.of();
        }
        return asService(() -> ask(assetIds)).getDownloadsList().stream()
                .map(download -> download.getAsset())
                .filter(asset -> asset.getCustody().getCustodian().equals(CUSTODIAN))
                .map(ContentClient::file)
                .toList();
    }

    private static Submission.File file(Asset asset) {
        return new Submission.File(
                UUID.fromString(asset.getId()), asset.getFileName(), asset.getMediaType(), asset.getSizeBytes());
    }

    /// Where files can be read, in the name of this service, their custodian: who may is decided before.
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

    /// Announces a file of a learner's, which is in the custody of this service from then on.
    ///
    /// @param request checked, of a draft of this learner
    CreateSubmissionUploadResponse announce(
            CreateSubmissionUploadRequest request, UploadService.Reservation reservation) {
        var upload = CreateUploadRequest.newBuilder()
                .setRequestId(reservation.id().toString())
                .setFileName(request.getFileName())
                .setMediaType(request.getMediaType())
                .setSizeBytes(request.getSizeBytes())
                .setSha256(request.getSha256())
                .setVisibility(AssetVisibility.ASSET_VISIBILITY_PRIVATE)
                .setOwnerId(reservation.userId().toString())
                .setCustody(Custody.newBuilder().setCustodian(CUSTODIAN))
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
            case "IDEMPOTENCY_KEY_REUSED" ->
                Errors.invalid(
                        org.aula.api.common.v1.ErrorReason.ERROR_REASON_IDEMPOTENCY_KEY_REUSED,
                        "request_id",
                        "this request id was used before with other contents");
            case "REQUEST_IN_PROGRESS" ->
                Errors.tryAgain(
                        org.aula.api.common.v1.ErrorReason.ERROR_REASON_REQUEST_IN_PROGRESS,
                        "a request with this key is in progress");
            default -> refused;
        };
    }

    /// Has the bytes of an announced file checked.
    ///
    /// @throws org.aula.kernel.error.ServiceException FILE_UNSUITABLE
    Submission.File complete(UUID assetId) {
        var request = CompleteUploadRequest.newBuilder()
                .setAssetId(assetId.toString())
                .build();
        try {
            return file(asService(() -> Calls.await("content", stub().completeUpload(request)))
                    .getAsset());
        } catch (UpstreamException refused) {
            throw switch (Objects.requireNonNullElse(refused.reason(), "")) {
                case "UPLOAD_MISSING" -> UploadService.unsuitable(assetId, "nothing was uploaded yet");
                case "UPLOAD_MISMATCH" -> UploadService.unsuitable(assetId, "other bytes came than were announced");
                case "MEDIA_TYPE_MISMATCH" ->
                    UploadService.unsuitable(assetId, "the bytes are of another type than was announced");
                case "ASSET_NOT_FOUND" ->
                    UploadService.unsuitable(assetId, "its upload took too long; announce it anew");
                default -> refused;
            };
        }
    }

    /// Deletes a file that no submission names; one that is gone is fine.
    void delete(UUID assetId) {
        var request =
                DeleteAssetRequest.newBuilder().setAssetId(assetId.toString()).build();
        asService(() -> Calls.await("content", stub().deleteAsset(request)));
    }

    private static <A> A asService(Callable<A> call) {
        var traceparent = CallScope.current().traceparent();
        try {
            return CallScope.runAsService(CUSTODIAN, "submission-files", traceparent, call);
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
