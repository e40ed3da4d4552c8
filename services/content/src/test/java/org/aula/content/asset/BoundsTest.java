package org.aula.content.asset;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.content.v1.BatchGetDownloadsRequest;
import org.aula.api.content.v1.CompleteUploadRequest;
import org.aula.api.content.v1.ContentServiceGrpc.ContentServiceBlockingStub;
import org.aula.api.content.v1.CreateUploadRequest;
import org.aula.api.content.v1.DeleteAssetRequest;
import org.aula.api.content.v1.GetAssetRequest;
import org.aula.api.content.v1.GetAssetTextRequest;
import org.aula.api.content.v1.GetPackageFileRequest;
import org.aula.api.content.v1.GetQuotaRequest;
import org.aula.api.content.v1.ListAssetsRequest;
import org.aula.api.content.v1.ReprocessAssetRequest;
import org.aula.api.content.v1.SetQuotaRequest;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every bound of every request, just beyond it.
final class BoundsTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("content");

    private interface Call {
        Object on(ContentServiceBlockingStub stub);
    }

    static Stream<Arguments> bounds() {
        var many = IntStream.range(0, 201)
                .mapToObj(n -> UUID.randomUUID().toString())
                .toList();
        var id = UUID.randomUUID().toString();
        return Stream.of(
                create("request_id", upload().setRequestId("1")),
                create("file_name", upload().setFileName("")),
                create("file_name", upload().setFileName("x".repeat(256))),
                create("file_name", upload().setFileName("a/b")),
                create("file_name", upload().setFileName("a\\b")),
                create("file_name", upload().setFileName("a\nb")),
                create("media_type", upload().setMediaType("text")),
                create("media_type", upload().setMediaType("text/" + "x".repeat(123))),
                create("size_bytes", upload().setSizeBytes(0)),
                create("size_bytes", upload().setSizeBytes(5_368_709_121L)),
                create("sha256", upload().setSha256("0".repeat(63))),
                create("sha256", upload().setSha256("A".repeat(64))),
                create("course_id", upload().setCourseId("1")),
                create("lesson_id", upload().setLessonId("1").setCourseId(id)),
                create("visibility", upload().setVisibilityValue(9)),
                create("owner_id", upload().setOwnerId("1")),
                bound("asset_id", stub -> stub.completeUpload(CompleteUploadRequest.getDefaultInstance())),
                bound("asset_id", stub -> stub.getAsset(GetAssetRequest.getDefaultInstance())),
                bound("asset_id", stub -> stub.deleteAsset(DeleteAssetRequest.getDefaultInstance())),
                bound("asset_id", stub -> stub.getAssetText(GetAssetTextRequest.getDefaultInstance())),
                bound("asset_id", stub -> stub.reprocessAsset(ReprocessAssetRequest.getDefaultInstance())),
                downloads("asset_ids", List.of(), ""),
                downloads("asset_ids", many, ""),
                downloads("asset_ids", Collections.nCopies(2, id), ""),
                downloads("asset_ids[0]", List.of("1"), ""),
                downloads("variant", List.of(id), "huge"),
                packageFile("asset_id", "1", "index.html"),
                packageFile("path", id, ""),
                packageFile("path", id, "x".repeat(1001)),
                list("user_id", ListAssetsRequest.newBuilder().setUserId("1")),
                list("page_size", ListAssetsRequest.newBuilder().setUserId(id).setPageSize(-1)),
                list("page_token", ListAssetsRequest.newBuilder().setUserId(id).setPageToken("x".repeat(1001))),
                list("kind", ListAssetsRequest.newBuilder().setUserId(id).setKindValue(99)),
                list("course_id", ListAssetsRequest.newBuilder().setUserId(id).setCourseId("1")),
                bound("user_id", stub -> stub.getQuota(GetQuotaRequest.getDefaultInstance())),
                bound("user_id", stub -> stub.setQuota(SetQuotaRequest.getDefaultInstance())),
                bound(
                        "limit_bytes",
                        stub -> stub.setQuota(SetQuotaRequest.newBuilder()
                                .setUserId(id)
                                .setLimitBytes(-1)
                                .build())));
    }

    @ParameterizedTest
    @MethodSource("bounds")
    void what_is_beyond_a_bound_is_refused_by_its_name(String field, Call call) throws Exception {
        var writer = platform.user("content:create", "content:write");
        var stub = ContentCalls.as(platform, writer).stub();

        var refusal =
                Refusal.expect(Code.INVALID_ARGUMENT, ErrorReason.ERROR_REASON_VALIDATION_FAILED, () -> call.on(stub));

        assertThat(refusal.fields()).containsOnly(field);
    }

    private static CreateUploadRequest.Builder upload() {
        return ContentCalls.announcing(ContentCalls.text("x"));
    }

    private static Arguments create(String field, CreateUploadRequest.Builder request) {
        return bound(field, stub -> stub.createUpload(request.build()));
    }

    private static Arguments downloads(String field, List<String> ids, String variant) {
        return bound(
                field,
                stub -> stub.batchGetDownloads(BatchGetDownloadsRequest.newBuilder()
                        .addAllAssetIds(ids)
                        .setVariant(variant)
                        .build()));
    }

    private static Arguments packageFile(String field, String id, String path) {
        return bound(
                field,
                stub -> stub.getPackageFile(GetPackageFileRequest.newBuilder()
                        .setAssetId(id)
                        .setPath(path)
                        .build()));
    }

    private static Arguments list(String field, ListAssetsRequest.Builder request) {
        return bound(field, stub -> stub.listAssets(request.build()));
    }

    private static Arguments bound(String field, Call call) {
        return Arguments.of(field, call);
    }
}
