package org.aula.content.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.content.asset.ContentCalls.announcing;
import static org.aula.content.asset.ContentCalls.text;

import com.github.f4b6a3.uuid.UuidCreator;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import io.grpc.Status.Code;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.content.v1.ProcessingState;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestEngines;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Nobody listens where the object store should be.
final class StoresAwayTest {

    private static final byte[] BYTES = text("bytes");

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("content").setting("S3_ENDPOINT", "http://127.0.0.1:9");

    @Test
    void without_the_object_store_documents_are_still_read_and_addresses_still_signed() throws Exception {
        var author = platform.user("content:create");
        var calls = ContentCalls.as(platform, author);
        var pending = calls.create(announcing(BYTES)).getAsset().getId();
        var ready = ready(author);

        assertThat(calls.get(pending).getId()).isEqualTo(pending);
        assertThat(calls.downloads(ready).getDownloadsCount()).isEqualTo(1);
        var refusal = Refusal.expect(
                Code.UNAVAILABLE, ErrorReason.ERROR_REASON_STORE_UNAVAILABLE, () -> calls.complete(pending));
        assertThat(refusal.metadata()).containsEntry("store", "s3");
        assertThat(refusal.hasRetryInfo()).isTrue();
        assertThat(calls.get(ready).getId()).isEqualTo(ready);
    }

    @Test
    void work_and_deletion_wait_for_the_object_store_and_blame_no_file() throws Exception {
        var author = platform.user("content:create");
        var calls = ContentCalls.as(platform, author);
        var ready = ready(author);
        var other = ready(author);

        var asked = calls.reprocess(ready);
        calls.delete(other);

        assertThat(asked.getProcessing()).isEqualTo(ProcessingState.PROCESSING_STATE_PROCESSING);
        for (var id : java.util.List.of(ready, other)) {
            Await.until("tried and put off", () -> waits(id));
        }
        assertThat(calls.get(ready).getProcessing()).isEqualTo(ProcessingState.PROCESSING_STATE_PROCESSING);
        assertThat(calls.downloads(other).getMissingIdsList()).containsExactly(other);
    }

    /// Without a lease, due later, and without an attempt that counts.
    private static boolean waits(String id) {
        return platform.superuser()
                .withHandle(handle -> handle.createQuery("""
                                SELECT lease IS NULL AND work_due > now() AND attempts = 0 FROM content.files
                                WHERE id = ?
                                """)
                        .bind(0, UUID.fromString(id))
                        .mapTo(Boolean.class)
                        .one());
    }

    private static String ready(TestUser owner) {
        var id = UuidCreator.getTimeOrderedEpoch().toString();
        var environment = TestEngines.forServices();
        try (var client = MongoClients.create(environment.get("MONGO_URL"))) {
            MongoCollection<Document> assets =
                    client.getDatabase(environment.get("MONGO_DATABASE")).getCollection("content_assets");
            assets.insertOne(new Document("_id", id)
                    .append("ownerId", owner.id().toString())
                    .append("fileName", "notes.txt")
                    .append("mediaType", "text/plain")
                    .append("sizeBytes", (long) BYTES.length)
                    .append("sha256", ContentCalls.sha256(BYTES))
                    .append("state", "READY")
                    .append("visibility", "PRIVATE")
                    .append("createdAt", Date.from(Instant.now())));
        }
        return id;
    }
}
