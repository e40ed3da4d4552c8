package org.aula.content.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.content.asset.ContentCalls.announcing;
import static org.aula.content.asset.ContentCalls.text;

import com.google.protobuf.util.Timestamps;
import io.grpc.Status.Code;
import java.util.UUID;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.content.v1.AssetKind;
import org.aula.api.content.v1.AssetState;
import org.aula.api.content.v1.AssetVisibility;
import org.aula.api.content.v1.CreateUploadRequest;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class UploadTest {

    private static final byte[] BYTES = text("Learning is a change in what we can do.");

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("content").setting("S3_UPLOAD_ACL", "private");

    @Test
    void a_file_is_announced_sent_and_completed() throws Exception {
        var author = platform.user("content:create");
        var calls = ContentCalls.as(platform, author);

        var upload = calls.create(announcing(BYTES));
        assertThat(upload.getAsset().getState()).isEqualTo(AssetState.ASSET_STATE_PENDING);
        assertThat(upload.getAsset().getOwnerId()).isEqualTo(author.id().toString());
        assertThat(upload.getAsset().getVisibility()).isEqualTo(AssetVisibility.ASSET_VISIBILITY_PRIVATE);
        assertThat(Timestamps.toMillis(upload.getExpireTime()) - System.currentTimeMillis())
                .isBetween(14 * 60_000L, 15 * 60_000L);
        assertThat(ContentCalls.put(upload, BYTES)).isEqualTo(200);
        var asset = calls.complete(upload.getAsset().getId());

        assertThat(asset.getState()).isEqualTo(AssetState.ASSET_STATE_READY);
        assertThat(asset.getKind()).isEqualTo(AssetKind.ASSET_KIND_DOCUMENT);
        assertThat(calls.get(asset.getId()).getState()).isEqualTo(AssetState.ASSET_STATE_READY);
        assertThat(calls.complete(asset.getId()).getState()).isEqualTo(AssetState.ASSET_STATE_READY);
    }

    @Test
    void who_may_read_an_upload_is_signed() throws Exception {
        var calls = ContentCalls.as(platform, platform.user("content:create"));
        var upload = calls.create(announcing(BYTES));

        assertThat(upload.getHeadersMap()).containsEntry("x-amz-acl", "private");
        assertThat(ContentCalls.put(
                        upload.toBuilder().removeHeaders("x-amz-acl").build(), BYTES))
                .isEqualTo(403);
        assertThat(ContentCalls.put(upload, BYTES)).isEqualTo(200);
    }

    @Test
    void a_file_that_everybody_may_read_is_refused_and_its_bytes_go() throws Exception {
        var calls = ContentCalls.as(platform, platform.user("content:create"));
        var upload = calls.create(announcing(BYTES));
        ContentCalls.put(upload, BYTES);
        var address = upload.getUploadUrl().substring(0, upload.getUploadUrl().indexOf('?'));
        assertThat(ContentCalls.fetch(address).statusCode()).isEqualTo(403);
        StoredObjects.openToEverybody(platform, upload.getAsset());
        assertThat(ContentCalls.fetch(address).statusCode()).isEqualTo(200);

        Refusal.expect(
                Code.FAILED_PRECONDITION,
                org.aula.api.content.v1.ErrorReason.ERROR_REASON_UPLOAD_MISMATCH,
                () -> calls.complete(upload.getAsset().getId()));
        assertThat(ContentCalls.fetch(address).statusCode()).isNotEqualTo(200);
    }

    @Test
    void the_same_announcement_finds_the_same_asset_and_keeps_no_address() throws Exception {
        var calls = ContentCalls.as(platform, platform.user("content:create"));
        var request = announcing(BYTES);

        var first = calls.create(request);
        var second = calls.create(request);

        assertThat(second.getAsset()).isEqualTo(first.getAsset());
        assertThat(ContentCalls.put(second, BYTES)).isEqualTo(200);
        var kept = platform.superuser()
                .withHandle(handle -> handle.createQuery(
                                "SELECT response FROM content.idempotency_keys WHERE request_id = ?")
                        .bind(0, UUID.fromString(request.getRequestId()))
                        .map((row, context) -> row.getBytes(1))
                        .one());
        assertThat(org.aula.api.content.v1.CreateUploadResponse.parseFrom(kept).getUploadUrl())
                .isEmpty();
        Refusal.expect(
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_IDEMPOTENCY_KEY_REUSED,
                () -> calls.create(request.clone().setFileName("other.txt")));
    }

    @Test
    void a_repetition_heals_a_crash_before_the_document_was_written() {
        var calls = ContentCalls.as(platform, platform.user("content:create"));
        var request = announcing(BYTES);
        var asset = calls.create(request).getAsset();
        platform.bean("content", AssetStore.class).delete(UUID.fromString(asset.getId()));

        assertThat(calls.create(request).getAsset()).isEqualTo(asset);
        assertThat(calls.get(asset.getId())).isEqualTo(asset);
    }

    @Test
    void the_address_takes_only_what_was_announced() throws Exception {
        var calls = ContentCalls.as(platform, platform.user("content:create"));
        var upload = calls.create(announcing(BYTES));
        var otherType =
                upload.toBuilder().putHeaders("Content-Type", "text/html").build();

        assertThat(ContentCalls.put(
                        upload,
                        text("longer than that, " + new String(BYTES, java.nio.charset.StandardCharsets.UTF_8))))
                .isEqualTo(403);
        assertThat(ContentCalls.put(otherType, BYTES)).isEqualTo(403);
        var other = BYTES.clone();
        other[0] ^= 1;
        assertThat(ContentCalls.put(upload, other)).isEqualTo(400);
    }

    @Test
    void nothing_uploaded_is_told() throws Exception {
        var calls = ContentCalls.as(platform, platform.user("content:create"));
        var id = calls.create(announcing(BYTES)).getAsset().getId();

        Refusal.expect(
                Code.FAILED_PRECONDITION,
                org.aula.api.content.v1.ErrorReason.ERROR_REASON_UPLOAD_MISSING,
                () -> calls.complete(id));
        assertThat(calls.get(id).getState()).isEqualTo(AssetState.ASSET_STATE_PENDING);
    }

    @Test
    void other_bytes_fail_the_upload_until_the_right_ones_come() throws Exception {
        var calls = ContentCalls.as(platform, platform.user("content:create"));
        var upload = calls.create(announcing(BYTES));
        var id = upload.getAsset().getId();
        var other = BYTES.clone();
        other[0] ^= 1;
        putPastTheAddress(upload.getAsset(), other);

        var refusal = Refusal.expect(
                Code.FAILED_PRECONDITION,
                org.aula.api.content.v1.ErrorReason.ERROR_REASON_UPLOAD_MISMATCH,
                () -> calls.complete(id));
        assertThat(refusal.metadata())
                .containsEntry("announced", "sha256=" + ContentCalls.sha256(BYTES))
                .containsEntry("found", "sha256=" + ContentCalls.sha256(other));
        assertThat(calls.get(id).getState()).isEqualTo(AssetState.ASSET_STATE_FAILED);

        assertThat(ContentCalls.put(upload, BYTES)).isEqualTo(200);
        assertThat(calls.complete(id).getState()).isEqualTo(AssetState.ASSET_STATE_READY);
    }

    @Test
    void another_size_fails_the_upload() throws Exception {
        var calls = ContentCalls.as(platform, platform.user("content:create"));
        var asset = calls.create(announcing(BYTES)).getAsset();
        putPastTheAddress(asset, text("short"));

        var refusal = Refusal.expect(
                Code.FAILED_PRECONDITION,
                org.aula.api.content.v1.ErrorReason.ERROR_REASON_UPLOAD_MISMATCH,
                () -> calls.complete(asset.getId()));

        assertThat(refusal.metadata())
                .containsEntry("announced", "size_bytes=" + BYTES.length)
                .containsEntry("found", "size_bytes=5");
    }

    @Test
    void bytes_that_lie_about_their_type_are_refused_and_go() throws Exception {
        var calls = ContentCalls.as(platform, platform.user("content:create"));
        var html = text("<!DOCTYPE html><html><script>steal()</script></html>");
        var upload = calls.create(announcing(html).setFileName("a.png").setMediaType("image/png"));
        assertThat(ContentCalls.put(upload, html)).isEqualTo(200);

        var refusal = Refusal.expect(
                Code.FAILED_PRECONDITION,
                org.aula.api.content.v1.ErrorReason.ERROR_REASON_MEDIA_TYPE_MISMATCH,
                () -> calls.complete(upload.getAsset().getId()));

        assertThat(refusal.metadata()).containsEntry("announced", "image/png").containsEntry("found", "text/html");
        assertThat(calls.get(upload.getAsset().getId()).getState()).isEqualTo(AssetState.ASSET_STATE_FAILED);
        Refusal.expect(
                Code.FAILED_PRECONDITION,
                org.aula.api.content.v1.ErrorReason.ERROR_REASON_UPLOAD_MISSING,
                () -> calls.complete(upload.getAsset().getId()));
    }

    @Test
    void what_was_deleted_is_announced_anew_by_the_same_announcement() throws Exception {
        var author = platform.user("content:create");
        var calls = ContentCalls.as(platform, author);
        var request = announcing(BYTES);
        var first = calls.upload(BYTES, request);
        calls.delete(first.getId());
        Await.until(
                "the bytes are gone",
                () -> StoredObjects.keys(platform, first.getId()).isEmpty());

        var second = calls.upload(BYTES, request);

        assertThat(second.getId()).isEqualTo(first.getId());
        assertThat(second.getState()).isEqualTo(AssetState.ASSET_STATE_READY);
        assertThat(calls.quota(author.id().toString()).getAssetCount()).isEqualTo(1);
    }

    @Test
    void only_the_owner_completes() throws Exception {
        var owner = ContentCalls.as(platform, platform.user("content:create"));
        var upload = owner.create(announcing(BYTES));
        ContentCalls.put(upload, BYTES);
        var id = upload.getAsset().getId();

        Refusal.expect(
                Code.PERMISSION_DENIED,
                ErrorReason.ERROR_REASON_NOT_OWNER,
                () -> ContentCalls.as(platform, platform.user("content:write")).complete(id));
        Refusal.expect(
                Code.NOT_FOUND,
                org.aula.api.content.v1.ErrorReason.ERROR_REASON_ASSET_NOT_FOUND,
                () -> owner.complete(UUID.randomUUID().toString()));
        // Whoever may not read it does not learn that it exists.
        Refusal.expect(
                Code.NOT_FOUND,
                org.aula.api.content.v1.ErrorReason.ERROR_REASON_ASSET_NOT_FOUND,
                () -> ContentCalls.as(platform, platform.user("content:create")).complete(id));
    }

    @Test
    void a_service_uploads_for_a_user() throws Exception {
        var owner = platform.user();
        var courses = ContentCalls.asService(platform, "courses");

        var asset =
                courses.upload(BYTES, announcing(BYTES).setOwnerId(owner.id().toString()));

        assertThat(asset.getOwnerId()).isEqualTo(owner.id().toString());
        assertThat(ContentCalls.as(platform, owner).get(asset.getId()).getSha256())
                .isEqualTo(asset.getSha256());
        assertThat(invalidFields(courses, announcing(BYTES))).containsExactly("owner_id");
    }

    @Test
    void users_upload_for_themselves_with_permission() throws Exception {
        var author = ContentCalls.as(platform, platform.user("content:create"));

        assertThat(invalidFields(
                        author, announcing(BYTES).setOwnerId(UUID.randomUUID().toString())))
                .containsExactly("owner_id");
        assertThat(invalidFields(author, announcing(BYTES).setVisibility(AssetVisibility.ASSET_VISIBILITY_COURSE)))
                .containsExactly("course_id");
        assertThat(invalidFields(
                        author, announcing(BYTES).setLessonId(UUID.randomUUID().toString())))
                .containsExactly("course_id");
        Refusal.expect(
                Code.PERMISSION_DENIED,
                ErrorReason.ERROR_REASON_PERMISSION_MISSING,
                () -> ContentCalls.as(platform, platform.user()).create(announcing(BYTES)));
        Refusal.expect(
                Code.UNAUTHENTICATED,
                ErrorReason.ERROR_REASON_TOKEN_MISSING,
                () -> ContentCalls.asVisitor(platform).create(announcing(BYTES)));
    }

    @Test
    void every_broken_field_is_named() throws Exception {
        var author = ContentCalls.as(platform, platform.user("content:create"));

        assertThat(invalidFields(
                        author,
                        CreateUploadRequest.newBuilder()
                                .setRequestId("x")
                                .setFileName("a/b")
                                .setMediaType("text")
                                .setSizeBytes(6_000_000_000L)
                                .setSha256("AB")))
                .containsExactlyInAnyOrder("request_id", "file_name", "media_type", "size_bytes", "sha256");
    }

    @Test
    void an_asset_and_its_bytes_are_deleted_and_deleting_again_is_fine() throws Exception {
        var author = platform.user("content:create");
        var owner = ContentCalls.as(platform, author);
        var asset = owner.upload(BYTES, announcing(BYTES));
        var url = owner.downloads(asset.getId()).getDownloads(0).getUrl();

        Refusal.expect(
                Code.PERMISSION_DENIED,
                ErrorReason.ERROR_REASON_NOT_OWNER,
                () -> ContentCalls.as(platform, platform.user()).delete(asset.getId()));
        owner.delete(asset.getId());
        owner.delete(asset.getId());
        ContentCalls.as(platform, platform.user("content:write")).delete(asset.getId());
        ContentCalls.asService(platform, "courses").delete(asset.getId());

        Await.until("the bytes are gone", () -> ContentCalls.fetch(url).statusCode() == 404);
        Refusal.expect(
                Code.NOT_FOUND,
                org.aula.api.content.v1.ErrorReason.ERROR_REASON_ASSET_NOT_FOUND,
                () -> owner.get(asset.getId()));
    }

    @Test
    void those_who_may_write_all_content_delete_foreign_assets() throws Exception {
        var owner = ContentCalls.as(platform, platform.user("content:create"));
        var asset = owner.upload(BYTES, announcing(BYTES));

        ContentCalls.as(platform, platform.user("content:write")).delete(asset.getId());

        assertThat(owner.downloads(asset.getId()).getMissingIdsList()).containsExactly(asset.getId());
    }

    private static java.util.List<String> invalidFields(ContentCalls calls, CreateUploadRequest.Builder request)
            throws Exception {
        return Refusal.expect(
                        Code.INVALID_ARGUMENT, ErrorReason.ERROR_REASON_VALIDATION_FAILED, () -> calls.create(request))
                .fields();
    }

    /// As somebody with the store's own key could, so that the check on completion is seen at work. A
    /// connection that the store has closed meanwhile fails it once.
    private static void putPastTheAddress(org.aula.api.content.v1.Asset asset, byte[] bytes) throws Exception {
        var client = platform.bean("content", software.amazon.awssdk.services.s3.S3Client.class);
        Await.until("the bytes are put", () -> {
            try {
                client.putObject(
                        put -> put.bucket("aula")
                                .key(AssetMapper.fromProto(asset).objectKey()),
                        software.amazon.awssdk.core.sync.RequestBody.fromBytes(bytes));
                return true;
            } catch (software.amazon.awssdk.core.exception.SdkClientException closed) {
                return false;
            }
        });
    }
}
