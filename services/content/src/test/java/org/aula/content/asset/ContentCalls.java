package org.aula.content.asset;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import org.aula.api.content.v1.Asset;
import org.aula.api.content.v1.AssetState;
import org.aula.api.content.v1.AssetVisibility;
import org.aula.api.content.v1.BatchGetDownloadsRequest;
import org.aula.api.content.v1.BatchGetDownloadsResponse;
import org.aula.api.content.v1.CompleteUploadRequest;
import org.aula.api.content.v1.ContentServiceGrpc;
import org.aula.api.content.v1.ContentServiceGrpc.ContentServiceBlockingStub;
import org.aula.api.content.v1.CreateUploadRequest;
import org.aula.api.content.v1.CreateUploadResponse;
import org.aula.api.content.v1.DeleteAssetRequest;
import org.aula.api.content.v1.GetAssetRequest;
import org.aula.api.content.v1.GetQuotaRequest;
import org.aula.api.content.v1.ProcessingState;
import org.aula.api.content.v1.Quota;
import org.aula.api.content.v1.ReprocessAssetRequest;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;

/// The service and the object store in a test's words, as one caller.
record ContentCalls(ContentServiceBlockingStub stub) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static ContentCalls as(TestPlatform platform, TestUser user) {
        return new ContentCalls(ContentServiceGrpc.newBlockingStub(platform.as(user, "content")));
    }

    static ContentCalls asService(TestPlatform platform, String service) {
        return new ContentCalls(ContentServiceGrpc.newBlockingStub(platform.asService(service, "content")));
    }

    static ContentCalls asVisitor(TestPlatform platform) {
        return new ContentCalls(ContentServiceGrpc.newBlockingStub(platform.anonymous("content")));
    }

    /// An announcement of a text file with these bytes, private.
    static CreateUploadRequest.Builder announcing(byte[] bytes) {
        return CreateUploadRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setFileName("notes.txt")
                .setMediaType("text/plain")
                .setSizeBytes(bytes.length)
                .setSha256(sha256(bytes));
    }

    CreateUploadResponse create(CreateUploadRequest.Builder request) {
        return stub.createUpload(request.build());
    }

    /// Announces, sends and completes.
    Asset upload(byte[] bytes, CreateUploadRequest.Builder request) throws Exception {
        var upload = create(request);
        put(upload, bytes);
        return complete(upload.getAsset().getId());
    }

    Asset upload(byte[] bytes, AssetVisibility visibility, String courseId) throws Exception {
        return upload(bytes, announcing(bytes).setVisibility(visibility).setCourseId(courseId));
    }

    Asset complete(String id) {
        return stub.completeUpload(
                        CompleteUploadRequest.newBuilder().setAssetId(id).build())
                .getAsset();
    }

    Asset get(String id) {
        return stub.getAsset(GetAssetRequest.newBuilder().setAssetId(id).build())
                .getAsset();
    }

    BatchGetDownloadsResponse downloads(String... ids) {
        return stub.batchGetDownloads(BatchGetDownloadsRequest.newBuilder()
                .addAllAssetIds(Arrays.asList(ids))
                .build());
    }

    Object delete(String id) {
        return stub.deleteAsset(DeleteAssetRequest.newBuilder().setAssetId(id).build());
    }

    Asset reprocess(String id) {
        return stub.reprocessAsset(
                        ReprocessAssetRequest.newBuilder().setAssetId(id).build())
                .getAsset();
    }

    Quota quota(String userId) {
        return stub.getQuota(GetQuotaRequest.newBuilder().setUserId(userId).build())
                .getQuota();
    }

    /// Uploads and waits until the work has ended.
    Asset worked(byte[] bytes, String mediaType) throws Exception {
        return worked(upload(bytes, announcing(bytes).setMediaType(mediaType)).getId());
    }

    Asset worked(String id) throws Exception {
        Await.until("the work has ended", () -> {
            var asset = get(id);
            return asset.getState() == AssetState.ASSET_STATE_READY
                    && asset.getProcessing() != ProcessingState.PROCESSING_STATE_PROCESSING;
        });
        return get(id);
    }

    static int put(CreateUploadResponse upload, byte[] bytes) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(upload.getUploadUrl()))
                .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes));
        upload.getHeadersMap().forEach(request::header);
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    static HttpResponse<byte[]> fetch(String url, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
