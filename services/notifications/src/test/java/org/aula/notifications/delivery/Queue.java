package org.aula.notifications.delivery;

import com.github.f4b6a3.uuid.UuidCreator;
import com.mongodb.client.MongoDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.TestPlatform;
import org.bson.Document;

/// What tests see of the queue and its logs.
final class Queue {

    private final TestPlatform platform;

    Queue(TestPlatform platform) {
        this.platform = platform;
    }

    /// Forgets what other tests have left.
    void empty() {
        database().getCollection("notification_queue").deleteMany(new Document());
        database().getCollection("notification_logs").deleteMany(new Document());
    }

    DeliveryStore store() {
        return platform.bean("notifications", DeliveryStore.class);
    }

    Delivery find(UUID id) {
        return store().find(id).orElseThrow();
    }

    void awaitState(UUID id, Delivery.State state) throws Exception {
        Await.until(
                "email " + id + " is " + state,
                () -> store().find(id).filter(email -> email.state() == state).isPresent());
    }

    /// Adds an email as a test wants it.
    Delivery add(UUID userId, Delivery.State state, Instant nextAttemptAt, String lease) {
        var now = Instant.ofEpochMilli(System.currentTimeMillis());
        var waits = state == Delivery.State.QUEUED || state == Delivery.State.SENDING;
        var email = new Delivery(
                UuidCreator.getTimeOrderedEpochPlus1(),
                userId,
                "auth.password_changed",
                null,
                state,
                1,
                0,
                0,
                lease.isEmpty() ? null : lease,
                state == Delivery.State.FAILED ? "550 5.1.1" : "",
                now,
                now,
                waits ? nextAttemptAt : null,
                state == Delivery.State.SENT ? now : null,
                null);
        store().add(email);
        return email;
    }

    /// The documents of an email's tries.
    List<Document> logs(UUID id) {
        return database()
                .getCollection("notification_logs")
                .find(new Document("deliveryId", id.toString()))
                .sort(new Document("attempt", 1))
                .into(new ArrayList<>());
    }

    /// The document of an email as JSON.
    String json(UUID id) {
        var found = database()
                .getCollection("notification_queue")
                .find(new Document("_id", id.toString()))
                .first();
        return found == null ? "" : found.toJson();
    }

    private MongoDatabase database() {
        return platform.bean("notifications", MongoDatabase.class);
    }
}
