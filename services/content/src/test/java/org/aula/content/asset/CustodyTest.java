package org.aula.content.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.content.asset.ContentCalls.announcing;
import static org.aula.content.asset.ContentCalls.text;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.aula.api.content.v1.Asset;
import org.aula.api.content.v1.AssetState;
import org.aula.api.content.v1.AssetVisibility;
import org.aula.api.content.v1.CreateUploadRequest;
import org.aula.api.content.v1.Custody;
import org.aula.api.content.v1.ErrorReason;
import org.aula.api.content.v1.GetAssetTextRequest;
import org.aula.api.content.v1.ListAssetsRequest;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.PinnedClock;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class CustodyTest {

    private static final byte[] BYTES = text("what somebody handed in");
    private static final PinnedClock CLOCK = new PinnedClock();

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("content").at(CLOCK);

    private final TestUser owner = platform.user("content:create");

    @Test
    void only_the_custodian_reads_it() throws Exception {
        var asset = kept(custody());
        assertThat(asset.getCustody().getCustodian()).isEqualTo("grades");
        assertThat(asset.getOwnerId()).isEqualTo(owner.id().toString());

        var download = grades().downloads(asset.getId()).getDownloads(0);

        assertThat(ContentCalls.fetch(download.getUrl()).body()).isEqualTo(BYTES);
        assertThat(download.getAsset().getCustody()).isEqualTo(asset.getCustody());
        assertThat(grades().get(asset.getId()).getCustody()).isEqualTo(asset.getCustody());
        for (var other : others()) {
            assertThat(other.downloads(asset.getId()).getMissingIdsList()).containsExactly(asset.getId());
            hidden(() -> other.get(asset.getId()));
            hidden(() -> other.stub()
                    .getAssetText(GetAssetTextRequest.newBuilder()
                            .setAssetId(asset.getId())
                            .build()));
        }
        hidden(() -> ContentCalls.asVisitor(platform).get(asset.getId()));
        hidden(() -> owner().reprocess(asset.getId()));
    }

    @Test
    void only_the_custodian_completes_it() throws Exception {
        var upload = grades().create(announced(custody()));
        var id = upload.getAsset().getId();
        ContentCalls.put(upload, BYTES);

        for (var other : List.of(owner(), ContentCalls.asService(platform, "courses"))) {
            hidden(() -> other.complete(id));
        }

        assertThat(grades().complete(id).getState()).isEqualTo(AssetState.ASSET_STATE_READY);
    }

    @Test
    void only_the_custodian_lists_it() throws Exception {
        var kept = kept(custody());
        var own = owner().upload(BYTES, announcing(BYTES));
        var ofCourses = ContentCalls.asService(platform, "courses")
                .create(announced(custody().setCustodian("courses")))
                .getAsset();

        assertThat(list(grades())).containsExactly(kept.getId());
        assertThat(list(owner())).containsExactly(own.getId());
        assertThat(list(ContentCalls.as(platform, platform.user("content:write"))))
                .containsExactly(own.getId())
                .doesNotContain(ofCourses.getId());
    }

    @Test
    void only_the_custodian_deletes_it() throws Exception {
        var id = kept(custody()).getId();
        for (var other : List.of(
                owner(),
                ContentCalls.as(platform, platform.user("content:write")),
                ContentCalls.asService(platform, "courses"))) {
            assertThat(Refusal.expect(
                                    Code.PERMISSION_DENIED, ErrorReason.ERROR_REASON_IN_CUSTODY, () -> other.delete(id))
                            .metadata())
                    .containsEntry("custodian", "grades");
        }
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_NOT_OWNER,
                () -> ContentCalls.as(platform, platform.user()).delete(id));

        grades().delete(id);
        grades().delete(id);

        hidden(() -> grades().get(id));
        Await.until("its bytes are gone", () -> StoredObjects.keys(platform, id).isEmpty());
    }

    @Test
    void nobody_deletes_it_before_its_hold_ends() throws Exception {
        var end = in(Duration.ofHours(2));
        var id = kept(custody().setHoldEndTime(end)).getId();
        assertThat(grades().get(id).getCustody().getHoldEndTime()).isEqualTo(end);

        assertThat(Refusal.expect(
                                Code.FAILED_PRECONDITION,
                                ErrorReason.ERROR_REASON_ASSET_HELD,
                                () -> grades().delete(id))
                        .metadata())
                .containsEntry("hold_end_time", Timestamps.toString(end));
        assertThat(grades().downloads(id).getDownloadsCount()).isEqualTo(1);
        CLOCK.advance(Duration.ofHours(2));
        grades().delete(id);

        hidden(() -> grades().get(id));
    }

    @Test
    void what_is_held_and_never_completed_is_forgotten_and_may_be_deleted() throws Exception {
        var held = custody().setHoldEndTime(in(Duration.ofHours(2)));
        var deleted = grades().create(announced(held)).getAsset().getId();
        var swept = grades().create(announced(held)).getAsset().getId();
        grades().delete(deleted);
        hidden(() -> grades().get(deleted));

        CLOCK.advance(Duration.ofHours(24).plusMinutes(1));
        platform.inside("content", () -> {
            platform.bean("content", UploadSweep.class).run();
            return true;
        });

        Await.until("its document is gone", () -> isGone(swept));
    }

    @Test
    void it_counts_only_if_the_custodian_says_so() throws Exception {
        var free = kept(custody());
        var counted = kept(custody().setCountsTowardsQuota(true));
        assertThat(used()).isEqualTo(BYTES.length);
        var wrong = grades().create(announced(custody()));
        StoredObjects.put(platform, wrong.getAsset(), text("something else entirely"));
        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_UPLOAD_MISMATCH,
                () -> grades().complete(wrong.getAsset().getId()));
        StoredObjects.put(platform, wrong.getAsset(), BYTES);
        grades().complete(wrong.getAsset().getId());
        assertThat(used()).isEqualTo(BYTES.length);

        grades().delete(free.getId());
        assertThat(used()).isEqualTo(BYTES.length);
        grades().delete(counted.getId());

        assertThat(used()).isZero();
    }

    @Test
    void a_repetition_is_the_same_file_in_the_same_custody() {
        var request = announced(custody().setHoldEndTime(in(Duration.ofDays(1))));

        var first = grades().create(request).getAsset();

        assertThat(grades().create(request).getAsset()).isEqualTo(first);
        assertThat(first.getCustody()).isEqualTo(request.getCustody());
    }

    @Test
    void a_service_takes_files_into_its_own_custody_only_and_they_are_private() throws Exception {
        unsuitable(
                "custody.custodian", () -> grades().create(announced(custody().setCustodian("courses"))));
        unsuitable("custody.custodian", () -> owner().create(announcing(BYTES).setCustody(custody())));
        for (var visibility :
                List.of(AssetVisibility.ASSET_VISIBILITY_PUBLIC, AssetVisibility.ASSET_VISIBILITY_COURSE)) {
            unsuitable(
                    "visibility",
                    () -> grades().create(announced(custody())
                            .setVisibility(visibility)
                            .setCourseId(UUID.randomUUID().toString())));
        }
        unsuitable(
                "custody.hold_end_time",
                () -> grades().create(announced(custody().setHoldEndTime(in(Duration.ofDays(40 * 366))))));
    }

    private static void unsuitable(String field, Refusal.Call call) throws Exception {
        assertThat(Refusal.expect(
                                Code.INVALID_ARGUMENT,
                                org.aula.api.common.v1.ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                                call)
                        .fields())
                .containsExactly(field);
    }

    private static boolean isGone(String id) throws Exception {
        try {
            grades().get(id);
            return false;
        } catch (StatusRuntimeException gone) {
            return gone.getStatus().getCode() == Code.NOT_FOUND;
        }
    }

    private static void hidden(Refusal.Call call) throws Exception {
        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_ASSET_NOT_FOUND, call);
    }

    private List<ContentCalls> others() {
        return List.of(
                owner(),
                ContentCalls.as(platform, platform.user("content:write")),
                ContentCalls.asService(platform, "courses"));
    }

    private List<String> list(ContentCalls calls) {
        return calls
                .stub()
                .listAssets(ListAssetsRequest.newBuilder()
                        .setUserId(owner.id().toString())
                        .build())
                .getAssetsList()
                .stream()
                .map(Asset::getId)
                .toList();
    }

    private long used() {
        return owner().quota(owner.id().toString()).getUsedBytes();
    }

    private Asset kept(Custody.Builder custody) throws Exception {
        return grades().upload(BYTES, announced(custody));
    }

    private CreateUploadRequest.Builder announced(Custody.Builder custody) {
        return announcing(BYTES).setOwnerId(owner.id().toString()).setCustody(custody);
    }

    private static Custody.Builder custody() {
        return Custody.newBuilder().setCustodian("grades");
    }

    private ContentCalls owner() {
        return ContentCalls.as(platform, owner);
    }

    private static ContentCalls grades() {
        return ContentCalls.asService(platform, "grades");
    }

    private static Timestamp in(Duration duration) {
        return Timestamps.fromMillis(CLOCK.millis() + duration.toMillis());
    }
}
