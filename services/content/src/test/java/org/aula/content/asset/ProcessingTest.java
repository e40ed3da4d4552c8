package org.aula.content.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.content.asset.ContentCalls.announcing;
import static org.aula.content.asset.ContentCalls.text;

import com.github.f4b6a3.uuid.UuidCreator;
import io.grpc.Status.Code;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.aula.api.content.v1.AssetKind;
import org.aula.api.content.v1.AssetVisibility;
import org.aula.api.content.v1.BatchGetDownloadsRequest;
import org.aula.api.content.v1.ErrorReason;
import org.aula.api.content.v1.GetAssetTextRequest;
import org.aula.api.content.v1.GetAssetTextResponse;
import org.aula.api.content.v1.GetPackageFileRequest;
import org.aula.api.content.v1.GetPackageFileResponse;
import org.aula.api.content.v1.ProcessingState;
import org.aula.content.file.Samples;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ProcessingTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("content");

    private final ContentCalls owner = ContentCalls.as(platform, platform.user("content:create"));

    @Test
    void a_picture_gets_its_size_and_smaller_ones_that_can_be_fetched() throws Exception {
        var asset = owner.worked(Samples.jpeg(1200, 600), "image/jpeg");

        assertThat(asset.getKind()).isEqualTo(AssetKind.ASSET_KIND_IMAGE);
        assertThat(asset.getProcessing()).isEqualTo(ProcessingState.PROCESSING_STATE_COMPLETED);
        assertThat(asset.getWidth()).isEqualTo(1200);
        assertThat(asset.getHeight()).isEqualTo(600);
        assertThat(asset.getVariantsList())
                .extracting(variant -> variant.getName() + " " + variant.getWidth())
                .containsExactly("thumbnail 320", "medium 960");
        var thumbnail = downloads(asset.getId(), "thumbnail").getDownloads(0);
        var fetched = ContentCalls.fetch(thumbnail.getUrl());
        assertThat(fetched.headers().firstValue("Content-Type")).hasValue("image/jpeg");
        assertThat(ImageIO.read(new ByteArrayInputStream(fetched.body())).getWidth())
                .isEqualTo(320);
        assertThat(downloads(asset.getId(), "large").getMissingIdsList()).containsExactly(asset.getId());
        assertThat(events(asset.getId()))
                .containsExactly("aula.content.v1.AssetReady", "aula.content.v1.AssetProcessed");
    }

    @Test
    void a_document_gives_its_text() throws Exception {
        var asset = owner.worked(Samples.pdf("All of it", "and more"), "application/pdf");

        assertThat(asset.getPageCount()).isEqualTo(2);
        assertThat(asset.getHasText()).isTrue();
        var found = textOf(owner, asset.getId());
        assertThat(found.getText()).contains("All of it").contains("and more");
        assertThat(found.getTruncated()).isFalse();
    }

    @Test
    void a_long_text_is_cut_between_characters() throws Exception {
        var asset = owner.worked(text("a" + "ü".repeat(600_000)), "text/plain");

        var found = textOf(owner, asset.getId());

        assertThat(found.getTruncated()).isTrue();
        assertThat(found.getText()).hasSize(524_288).endsWith("ü");
    }

    @Test
    void sound_tells_how_long_it_plays_and_has_no_text() throws Exception {
        var asset = owner.worked(Samples.wave(3), "audio/wav");

        assertThat(asset.getDuration().getSeconds()).isEqualTo(3);
        assertThat(textOf(owner, asset.getId()).getText()).isEmpty();
    }

    @Test
    void files_of_a_learning_package_are_read_one_by_one() throws Exception {
        var asset = owner.worked(Samples.scorm(), "application/zip");

        assertThat(asset.getKind()).isEqualTo(AssetKind.ASSET_KIND_SCORM);
        assertThat(asset.getPackageEntry()).isEqualTo("index.html");
        var page = packageFile(owner, asset.getId(), asset.getPackageEntry());
        assertThat(page.getMediaType()).isEqualTo("text/html");
        var fetched = ContentCalls.fetch(page.getUrl());
        assertThat(fetched.body()).isEqualTo(text("<h1>Hello</h1>"));
        assertThat(fetched.headers().firstValue("Content-Disposition"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("attachment"));
        for (var path : List.of("gone.html", "../../secret", "/index.html", "index.html/", "media")) {
            Refusal.expect(
                    Code.NOT_FOUND,
                    ErrorReason.ERROR_REASON_PACKAGE_FILE_NOT_FOUND,
                    () -> packageFile(owner, asset.getId(), path));
        }
        var stranger = ContentCalls.as(platform, platform.user());
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_ASSET_NOT_FOUND,
                () -> packageFile(stranger, asset.getId(), "index.html"));
        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_ASSET_NOT_FOUND, () -> textOf(stranger, asset.getId()));
    }

    @Test
    void a_broken_file_says_why_and_can_still_be_fetched() throws Exception {
        var bytes = text("%PDF-1.7\nnothing of a PDF");
        var asset = owner.worked(bytes, "application/pdf");

        assertThat(asset.getProcessing()).isEqualTo(ProcessingState.PROCESSING_STATE_FAILED);
        assertThat(asset.getProcessingError()).isEqualTo("the PDF is broken");
        assertThat(ContentCalls.fetch(
                                owner.downloads(asset.getId()).getDownloads(0).getUrl())
                        .body())
                .isEqualTo(bytes);
        var refusal = Refusal.expect(
                Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_ASSET_NOT_READY, () -> textOf(owner, asset.getId()));
        assertThat(refusal.metadata()).containsEntry("state", "READY").containsEntry("processing", "FAILED");
        assertThat(events(asset.getId())).endsWith("aula.content.v1.AssetProcessed");
    }

    @Test
    void a_package_that_is_a_bomb_leaves_nothing_behind() throws Exception {
        var bytes = Samples.zip(
                Map.of("index.html", "x", "zeros", "\0".repeat(20 << 20)),
                "imsmanifest.xml",
                "<m><resource href='index.html'/></m>");
        var asset = owner.worked(bytes, "application/zip");

        assertThat(asset.getProcessing()).isEqualTo(ProcessingState.PROCESSING_STATE_FAILED);
        assertThat(asset.getProcessingError()).contains("compressed more");
        assertThat(StoredObjects.keys(platform, asset.getId())).hasSize(1);
    }

    @Test
    void other_files_need_no_work() throws Exception {
        var asset = owner.worked(new byte[] {0, 1, 2, 3, 4}, "application/octet-stream");

        assertThat(asset.getKind()).isEqualTo(AssetKind.ASSET_KIND_OTHER);
        assertThat(asset.getProcessing()).isEqualTo(ProcessingState.PROCESSING_STATE_UNSPECIFIED);
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_PACKAGE_FILE_NOT_FOUND,
                () -> packageFile(owner, asset.getId(), "index.html"));
    }

    @Test
    void text_of_what_is_not_there_yet_is_refused() throws Exception {
        var pending = owner.create(announcing(text("x"))).getAsset();

        var refusal = Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_ASSET_NOT_READY,
                () -> textOf(owner, pending.getId()));
        assertThat(refusal.metadata()).containsEntry("state", "PENDING");
        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_ASSET_NOT_READY,
                () -> packageFile(owner, pending.getId(), "index.html"));
        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_ASSET_NOT_READY,
                () -> owner.reprocess(pending.getId()));
    }

    @Test
    void work_that_a_crash_cut_off_is_done_by_another_and_the_dead_one_keeps_nothing() throws Exception {
        var asset = owner.worked(Samples.png(40, 20), "image/png");
        var id = UUID.fromString(asset.getId());
        var dead = UuidCreator.getTimeOrderedEpoch();
        forget(id);
        // Taken up by a process that is gone; its lease ends in a second.
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE content.files SET lease = ?, work_due = now() + interval '1 second', attempts = 1"
                                + " WHERE id = ?",
                        dead,
                        id));

        var again = owner.worked(asset.getId());

        assertThat(again.getVariantsCount()).isEqualTo(1);
        assertThat(again.getWidth()).isEqualTo(40);
        var files = platform.bean("content", FileRepository.class);
        var late = new FileRepository.Work(id, "assets/2026/" + id, FileRepository.State.READY, dead, 1, null);
        assertThat(platform.<Boolean>inside(
                        "content",
                        () -> platform.bean("content", Database.class).transact(() -> files.holds(late))))
                .isFalse();
    }

    @Test
    void a_file_that_kills_whoever_works_on_it_is_given_up() throws Exception {
        var asset = owner.worked(Samples.png(40, 20), "image/png");
        var id = UUID.fromString(asset.getId());
        forget(id);
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE content.files SET lease = ?, work_due = now(), attempts = ? WHERE id = ?",
                        UuidCreator.getTimeOrderedEpoch(),
                        AssetProcessor.MAX_ATTEMPTS,
                        id));

        var given = owner.worked(asset.getId());

        assertThat(given.getProcessing()).isEqualTo(ProcessingState.PROCESSING_STATE_FAILED);
        assertThat(given.getProcessingError()).contains("cut off again and again");
    }

    @Test
    void a_crash_between_the_row_and_the_document_heals_by_the_work() throws Exception {
        var bytes = Samples.png(8, 8);
        var upload = owner.create(announcing(bytes).setMediaType("image/png"));
        ContentCalls.put(upload, bytes);
        var id = UUID.fromString(upload.getAsset().getId());
        platform.superuser()
                .useHandle(handle ->
                        handle.execute("UPDATE content.files SET state = 'READY', work_due = now() WHERE id = ?", id));

        assertThat(owner.worked(id.toString()).getWidth()).isEqualTo(8);
    }

    @Test
    void work_can_be_asked_for_again_by_the_owner_and_is_audited() throws Exception {
        var asset = owner.worked(Samples.png(40, 20), "image/png");

        var asked = owner.reprocess(asset.getId());
        var again = owner.worked(asset.getId());

        assertThat(asked.getProcessing()).isEqualTo(ProcessingState.PROCESSING_STATE_PROCESSING);
        assertThat(again.toBuilder().setUpdateTime(asset.getUpdateTime()).build())
                .isEqualTo(asset);
        assertThat(audited("asset.create", asset.getId())).isEqualTo(1);
        assertThat(audited("asset.reprocess", asset.getId())).isEqualTo(1);
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_ASSET_NOT_FOUND,
                () -> ContentCalls.as(platform, platform.user("content:create")).reprocess(asset.getId()));
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_ASSET_NOT_FOUND,
                () -> owner.reprocess(UUID.randomUUID().toString()));
        assertThat(ContentCalls.as(platform, platform.user("content:write"))
                        .reprocess(asset.getId())
                        .getId())
                .isEqualTo(asset.getId());
    }

    @Test
    void a_public_document_gives_its_text_to_anyone() throws Exception {
        var bytes = text("for all");
        var asset = owner.upload(bytes, AssetVisibility.ASSET_VISIBILITY_PUBLIC, "");
        owner.worked(asset.getId());

        assertThat(textOf(ContentCalls.asVisitor(platform), asset.getId()).getText())
                .isEqualTo("for all");
    }

    @Test
    void work_that_was_done_before_the_uploader_was_answered_stays_done() throws Exception {
        var asset = owner.worked(text("quick"), "text/plain");

        platform.inside("content", () -> {
            platform.bean("content", AssetStore.class)
                    .setAccepted(
                            UUID.fromString(asset.getId()),
                            AssetDetails.of(null, AssetDetails.Processing.PROCESSING, ""),
                            java.time.Instant.now());
            return true;
        });

        assertThat(owner.get(asset.getId())).isEqualTo(asset);
    }

    /// The document as it was when the work began.
    private static void forget(UUID id) throws Exception {
        platform.inside("content", () -> {
            platform.bean("content", AssetStore.class)
                    .setReady(
                            id, AssetDetails.of(null, AssetDetails.Processing.PROCESSING, ""), java.time.Instant.now());
            return true;
        });
    }

    /// The domain's own events of an asset, in order.
    private static List<String> events(String id) {
        return platform.superuser()
                .withHandle(handle -> handle.createQuery("""
                                SELECT type FROM content.outbox WHERE key = :id AND type LIKE 'aula.content.%'
                                ORDER BY id
                                """)
                        .bind("id", id)
                        .mapTo(String.class)
                        .list());
    }

    private static int audited(String action, String id) {
        return platform.superuser()
                .withHandle(handle -> handle.createQuery("""
                                SELECT count(*) FROM content.outbox
                                WHERE type = 'aula.common.v1.AuditRecorded'
                                  AND position(:action::bytea IN envelope) > 0
                                  AND position(:id::bytea IN envelope) > 0
                                """)
                        .bind("action", action)
                        .bind("id", id)
                        .mapTo(Integer.class)
                        .one());
    }

    private org.aula.api.content.v1.BatchGetDownloadsResponse downloads(String id, String variant) {
        return owner.stub()
                .batchGetDownloads(BatchGetDownloadsRequest.newBuilder()
                        .addAssetIds(id)
                        .setVariant(variant)
                        .build());
    }

    private static GetAssetTextResponse textOf(ContentCalls calls, String id) {
        return calls.stub()
                .getAssetText(GetAssetTextRequest.newBuilder().setAssetId(id).build());
    }

    private static GetPackageFileResponse packageFile(ContentCalls calls, String id, String path) {
        return calls.stub()
                .getPackageFile(GetPackageFileRequest.newBuilder()
                        .setAssetId(id)
                        .setPath(path)
                        .build());
    }
}
