package org.aula.content.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.content.asset.ContentCalls.announcing;
import static org.aula.content.asset.ContentCalls.text;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.aula.api.content.v1.ErrorReason;
import org.aula.api.content.v1.Quota;
import org.aula.api.content.v1.SetQuotaRequest;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class QuotaTest {

    private static final byte[] BYTES = text("0123456789");

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("content").setting("AULA_CONTENT_QUOTA_BYTES", "100");

    @Test
    void fifty_uploads_at_once_never_exceed_it() throws Exception {
        var author = platform.user("content:create");
        var calls = ContentCalls.as(platform, author);
        var answers = new ArrayList<Future<String>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var count = 0; count < 50; count++) {
                answers.add(threads.submit(() -> announce(calls)));
            }
        }

        var given = 0;
        for (var answer : answers) {
            given += answer.get().equals("given") ? 1 : 0;
        }

        assertThat(given).isEqualTo(10);
        assertThat(calls.quota(author.id().toString())).isEqualTo(quota(author.id(), 100, 100, 10));
    }

    @Test
    void it_is_refused_with_what_is_used_and_allowed() throws Exception {
        var calls = ContentCalls.as(platform, platform.user("content:create"));
        calls.create(announcing(BYTES).setSizeBytes(60));

        var refusal = Refusal.expect(
                Code.RESOURCE_EXHAUSTED,
                ErrorReason.ERROR_REASON_QUOTA_EXCEEDED,
                () -> calls.create(announcing(BYTES).setSizeBytes(41)));

        assertThat(refusal.metadata()).containsEntry("used_bytes", "60").containsEntry("limit_bytes", "100");
        calls.create(announcing(BYTES).setSizeBytes(40));
    }

    @Test
    void a_repetition_counts_once() {
        var author = platform.user("content:create");
        var calls = ContentCalls.as(platform, author);
        var request = announcing(BYTES);

        calls.create(request);
        calls.create(request);

        assertThat(calls.quota(author.id().toString())).isEqualTo(quota(author.id(), 10, 100, 1));
    }

    @Test
    void what_was_refused_counts_no_more() throws Exception {
        var author = platform.user("content:create");
        var calls = ContentCalls.as(platform, author);
        var html = text("<!DOCTYPE html><html></html>");
        var upload = calls.create(announcing(html).setMediaType("image/png"));
        var id = upload.getAsset().getId();
        ContentCalls.put(upload, html);
        Refusal.expect(
                Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_MEDIA_TYPE_MISMATCH, () -> calls.complete(id));
        assertThat(calls.quota(author.id().toString())).isEqualTo(quota(author.id(), 0, 100, 0));

        calls.create(announcing(BYTES).setSizeBytes(50));
        var wrong = calls.create(announcing(BYTES).setSizeBytes(50));
        StoredObjects.put(platform, wrong.getAsset(), BYTES);
        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_UPLOAD_MISMATCH,
                () -> calls.complete(wrong.getAsset().getId()));
        assertThat(calls.quota(author.id().toString())).isEqualTo(quota(author.id(), 50, 100, 1));
        calls.create(announcing(BYTES).setSizeBytes(45));
        // It counts already no more, so nothing is given back twice.
        calls.delete(id);
        assertThat(calls.quota(author.id().toString())).isEqualTo(quota(author.id(), 95, 100, 2));
    }

    @Test
    void a_failed_upload_that_is_sent_again_must_fit_again() throws Exception {
        var author = platform.user("content:create");
        var calls = ContentCalls.as(platform, author);
        var upload = calls.create(announcing(BYTES));
        var id = upload.getAsset().getId();
        StoredObjects.put(platform, upload.getAsset(), text("9876543210"));
        Refusal.expect(Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_UPLOAD_MISMATCH, () -> calls.complete(id));
        var filling = calls.create(announcing(BYTES).setSizeBytes(95)).getAsset();
        ContentCalls.put(upload, BYTES);

        Refusal.expect(Code.RESOURCE_EXHAUSTED, ErrorReason.ERROR_REASON_QUOTA_EXCEEDED, () -> calls.complete(id));
        calls.delete(filling.getId());
        calls.complete(id);

        assertThat(calls.quota(author.id().toString())).isEqualTo(quota(author.id(), 10, 100, 1));
    }

    @Test
    void those_who_write_all_content_set_it() throws Exception {
        var author = platform.user("content:create");
        var calls = ContentCalls.as(platform, author);
        var admin = ContentCalls.as(platform, platform.user("content:write"));
        var user = author.id().toString();

        assertThat(set(admin, user, 5)).isEqualTo(quota(author.id(), 0, 5, 0));
        Refusal.expect(
                Code.RESOURCE_EXHAUSTED,
                ErrorReason.ERROR_REASON_QUOTA_EXCEEDED,
                () -> calls.create(announcing(BYTES)));
        assertThat(set(admin, user, 1000)).isEqualTo(quota(author.id(), 0, 1000, 0));
        calls.create(announcing(BYTES).setSizeBytes(1000));
        assertThat(set(admin, user, 0)).isEqualTo(quota(author.id(), 1000, 0, 1));
        assertThat(admin.quota(user)).isEqualTo(calls.quota(user));
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_PERMISSION_MISSING,
                () -> set(calls, user, 1000));
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_NOT_OWNER,
                () -> ContentCalls.as(platform, platform.user()).quota(user));
    }

    private static String announce(ContentCalls calls) {
        try {
            calls.create(announcing(BYTES));
            return "given";
        } catch (StatusRuntimeException refused) {
            return refused.getStatus().toString();
        }
    }

    private static Quota set(ContentCalls calls, String userId, long limit) {
        return calls.stub()
                .setQuota(SetQuotaRequest.newBuilder()
                        .setUserId(userId)
                        .setLimitBytes(limit)
                        .build())
                .getQuota();
    }

    private static Quota quota(UUID userId, long used, long limit, long count) {
        return Quota.newBuilder()
                .setUserId(userId.toString())
                .setUsedBytes(used)
                .setLimitBytes(limit)
                .setAssetCount(count)
                .build();
    }
}
