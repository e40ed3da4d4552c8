package org.aula.content.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.content.asset.ContentCalls.announcing;
import static org.aula.content.asset.ContentCalls.text;

import io.grpc.Status.Code;
import java.time.Duration;
import java.util.UUID;
import org.aula.api.content.v1.ErrorReason;
import org.aula.content.file.Samples;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.PinnedClock;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class DeletionTest {

    private static final byte[] BYTES = text("bytes that nobody wants");
    private static final PinnedClock CLOCK = new PinnedClock();

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("content").at(CLOCK);

    @Test
    void everything_of_a_file_goes_and_so_does_what_comes_late() throws Exception {
        var author = platform.user("content:create");
        var owner = ContentCalls.as(platform, author);
        var bytes = Samples.scorm();
        var upload = owner.create(announcing(bytes).setMediaType("application/zip"));
        ContentCalls.put(upload, bytes);
        owner.complete(upload.getAsset().getId());
        var id = owner.worked(upload.getAsset().getId()).getId();
        assertThat(StoredObjects.keys(platform, id)).hasSize(4);
        assertThat(owner.quota(author.id().toString()).getUsedBytes()).isEqualTo(bytes.length);

        owner.delete(id);

        assertThat(owner.quota(author.id().toString()).getUsedBytes()).isZero();
        assertThat(owner.quota(author.id().toString()).getAssetCount()).isZero();
        Await.until(
                "the objects are gone", () -> StoredObjects.keys(platform, id).isEmpty());
        // The address that was signed for the upload is still good.
        assertThat(ContentCalls.put(upload, bytes)).isEqualTo(200);
        CLOCK.advance(Deletions.ADDRESSES_LIVE.plusMinutes(1));
        Await.until("the row is gone", () -> rows(id) == 0);
        assertThat(StoredObjects.keys(platform, id)).isEmpty();
    }

    @Test
    void deleting_tells_once_and_is_audited_once() throws Exception {
        var owner = ContentCalls.as(platform, platform.user("content:create"));
        var asset = owner.upload(BYTES, announcing(BYTES));

        owner.delete(asset.getId());
        owner.delete(asset.getId());

        int told = platform.superuser()
                .withHandle(handle -> handle.createQuery("""
                                SELECT count(*) FROM content.outbox
                                WHERE type = 'aula.content.v1.AssetDeleted' AND key = ?
                                """)
                        .bind(0, asset.getId())
                        .mapTo(Integer.class)
                        .one());
        int audited = platform.superuser()
                .withHandle(handle -> handle.createQuery("""
                                SELECT count(*) FROM content.outbox
                                WHERE type = 'aula.common.v1.AuditRecorded'
                                  AND position('asset.delete'::bytea IN envelope) > 0
                                  AND position(?::bytea IN envelope) > 0
                                """)
                        .bind(0, asset.getId())
                        .mapTo(Integer.class)
                        .one());
        assertThat(told).isEqualTo(1);
        assertThat(audited).isEqualTo(1);
    }

    @Test
    void uploads_that_nobody_completed_in_a_day_are_forgotten() throws Exception {
        var author = platform.user("content:create");
        var owner = ContentCalls.as(platform, author);
        var upload = owner.create(announcing(BYTES));
        var id = upload.getAsset().getId();
        ContentCalls.put(upload, BYTES);
        var kept = owner.upload(BYTES, announcing(BYTES));
        CLOCK.advance(Duration.ofHours(24).plusMinutes(1));
        // A token lives shorter than a day.
        var later = new ContentCalls(org.aula.api.content.v1.ContentServiceGrpc.newBlockingStub(platform.withToken(
                "content", platform.token(author, java.util.List.of(), UUID.randomUUID(), CLOCK.millis()))));
        var young = ContentCalls.as(platform, platform.user("content:create"))
                .create(announcing(BYTES))
                .getAsset();

        platform.inside("content", () -> {
            platform.bean("content", UploadSweep.class).run();
            return true;
        });

        Await.until("the document is gone", () -> later.downloads(id).getMissingIdsCount() == 1 && rows(id) == 1);
        Await.until("the object is gone", () -> StoredObjects.keys(platform, id).isEmpty());
        assertThat(later.quota(author.id().toString()).getUsedBytes()).isEqualTo(BYTES.length);
        assertThat(later.get(kept.getId()).getId()).isEqualTo(kept.getId());
        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_ASSET_NOT_FOUND, () -> later.get(id));
        assertThat(rows(young.getId())).isEqualTo(1);
        assertThat(state(young.getId())).isEqualTo("PENDING");
    }

    private static int rows(String id) {
        return platform.superuser()
                .withHandle(handle -> handle.createQuery("SELECT count(*) FROM content.files WHERE id = ?")
                        .bind(0, UUID.fromString(id))
                        .mapTo(Integer.class)
                        .one());
    }

    private static String state(String id) {
        return platform.superuser()
                .withHandle(handle -> handle.createQuery("SELECT state FROM content.files WHERE id = ?")
                        .bind(0, UUID.fromString(id))
                        .mapTo(String.class)
                        .one());
    }
}
