package org.aula.content.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.content.asset.ContentCalls.announcing;
import static org.aula.content.asset.ContentCalls.text;

import io.grpc.Status.Code;
import java.util.List;
import java.util.UUID;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.content.v1.AssetVisibility;
import org.aula.api.content.v1.BatchGetDownloadsRequest;
import org.aula.api.content.v1.BatchGetDownloadsResponse;
import org.aula.api.content.v1.ContentServiceGrpc;
import org.aula.api.content.v1.CreateUploadRequest;
import org.aula.api.content.v1.SetQuotaRequest;
import org.aula.content.file.Samples;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Pictures that whoever is signed in may upload for everyone to see.
final class PublicPictureTest {

    private static final byte[] PIXELS = Samples.png(8, 8);
    private static final long MAX_BYTES = 5L << 20;

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("content");

    private static CreateUploadRequest.Builder picture(byte[] bytes) {
        return announcing(bytes)
                .setFileName("me.png")
                .setMediaType("image/png")
                .setVisibility(AssetVisibility.ASSET_VISIBILITY_PUBLIC);
    }

    @Test
    void whoever_is_signed_in_uploads_one_and_everyone_sees_it() throws Exception {
        var learner = platform.user();
        var calls = ContentCalls.as(platform, learner);

        var asset = calls.upload(PIXELS, picture(PIXELS));

        var download = ContentCalls.asVisitor(platform).downloads(asset.getId()).getDownloads(0);
        assertThat(ContentCalls.fetch(download.getUrl()).body()).isEqualTo(PIXELS);
        assertThat(calls.quota(learner.id().toString()).getUsedBytes()).isEqualTo(PIXELS.length);
        calls.delete(asset.getId());
        assertThat(calls.quota(learner.id().toString()).getUsedBytes()).isZero();
    }

    @Test
    void everything_else_is_for_holders_of_the_permission() throws Exception {
        var learner = ContentCalls.as(platform, platform.user());
        var course = UUID.randomUUID().toString();
        var others = List.of(
                announcing(PIXELS),
                picture(PIXELS).setVisibility(AssetVisibility.ASSET_VISIBILITY_PRIVATE),
                picture(PIXELS)
                        .setVisibility(AssetVisibility.ASSET_VISIBILITY_COURSE)
                        .setCourseId(course),
                picture(PIXELS).setCourseId(course),
                picture(PIXELS).setLessonId(UUID.randomUUID().toString()),
                picture(PIXELS).setMediaType("image/svg+xml"),
                picture(PIXELS).setMediaType("application/pdf"),
                picture(PIXELS).setSizeBytes(MAX_BYTES + 1));
        for (var request : others) {
            Refusal.expect(
                    Code.PERMISSION_DENIED, ErrorReason.ERROR_REASON_PERMISSION_MISSING, () -> learner.create(request));
        }
        learner.create(picture(PIXELS).setSizeBytes(MAX_BYTES));
        for (var type : List.of("image/jpeg", "image/gif", "image/webp")) {
            learner.create(picture(PIXELS).setMediaType(type));
        }
        var author = ContentCalls.as(platform, platform.user("content:create"));
        assertThat(author.create(picture(PIXELS).setSizeBytes(MAX_BYTES + 1)).hasAsset())
                .isTrue();
        Refusal.expect(
                Code.UNAUTHENTICATED,
                ErrorReason.ERROR_REASON_TOKEN_MISSING,
                () -> ContentCalls.asVisitor(platform).create(picture(PIXELS)));
        Refusal.expect(
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                () -> learner.create(
                        picture(PIXELS).setOwnerId(UUID.randomUUID().toString())));
    }

    @Test
    void they_are_all_that_somebody_uploads_whose_account_is_not_verified() throws Exception {
        var author = ContentCalls.as(platform, platform.unverifiedUser("content:create"));
        var learner = ContentCalls.as(platform, platform.unverifiedUser());
        var large = picture(PIXELS).setSizeBytes(MAX_BYTES + 1);

        assertThat(author.upload(PIXELS, picture(PIXELS)).getId()).isNotEmpty();
        assertThat(learner.create(picture(PIXELS)).hasAsset()).isTrue();
        for (var request : List.of(large, announcing(PIXELS))) {
            Refusal.expect(
                    Code.PERMISSION_DENIED, ErrorReason.ERROR_REASON_ACCOUNT_UNVERIFIED, () -> author.create(request));
            Refusal.expect(
                    Code.PERMISSION_DENIED, ErrorReason.ERROR_REASON_PERMISSION_MISSING, () -> learner.create(request));
        }
    }

    @Test
    void what_only_calls_itself_a_picture_is_refused_with_its_bytes() throws Exception {
        var learner = ContentCalls.as(platform, platform.user());
        var page = text("<!DOCTYPE html><html><body><script>alert(1)</script></body></html>");

        Refusal.expect(
                Code.FAILED_PRECONDITION,
                org.aula.api.content.v1.ErrorReason.ERROR_REASON_MEDIA_TYPE_MISMATCH,
                () -> learner.upload(page, picture(page)));
    }

    @Test
    void they_count_towards_the_quota() throws Exception {
        var learner = platform.user();
        var calls = ContentCalls.as(platform, learner);
        ContentServiceGrpc.newBlockingStub(platform.as(platform.user("content:write"), "content"))
                .setQuota(SetQuotaRequest.newBuilder()
                        .setUserId(learner.id().toString())
                        .setLimitBytes(10)
                        .build());

        Refusal.expect(
                Code.RESOURCE_EXHAUSTED,
                org.aula.api.content.v1.ErrorReason.ERROR_REASON_QUOTA_EXCEEDED,
                () -> calls.create(picture(PIXELS).setSizeBytes(11)));
    }

    @Test
    void the_file_takes_the_place_of_a_variant_that_it_lacks_if_that_is_asked_for() throws Exception {
        var author = ContentCalls.as(platform, platform.user("content:create"));
        var words = text("Nothing to look at");
        var plain = author.worked(words, "text/plain");
        var large = author.worked(Samples.png(800, 600), "image/png");

        var strict = thumbnails(author, false, plain.getId(), large.getId());
        var lenient = thumbnails(author, true, plain.getId(), large.getId());

        assertThat(strict.getMissingIdsList()).containsExactly(plain.getId());
        assertThat(lenient.getMissingIdsList()).isEmpty();
        assertThat(ContentCalls.fetch(lenient.getDownloads(0).getUrl()).body()).isEqualTo(words);
        assertThat(lenient.getDownloads(1).getUrl()).contains("/derived/");
    }

    private static BatchGetDownloadsResponse thumbnails(ContentCalls calls, boolean orFile, String... ids) {
        return calls.stub()
                .batchGetDownloads(BatchGetDownloadsRequest.newBuilder()
                        .addAllAssetIds(List.of(ids))
                        .setVariant("thumbnail")
                        .setOrFile(orFile)
                        .build());
    }
}
