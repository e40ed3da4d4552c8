package org.aula.notifications.delivery;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Date;
import org.bson.Document;

/// The collection `notification_logs`: what became of each try, without address or contents.
@Singleton
final class DeliveryLogStore {

    private final MongoCollection<Document> logs;

    DeliveryLogStore(MongoDatabase database) {
        this.logs = database.getCollection("notification_logs");
    }

    /// Writes what became of a try; the same try again replaces it.
    void add(Delivery after, Outcome outcome, Instant now) {
        var id = after.id() + "/" + after.attempts();
        var document = new Document("_id", id)
                .append("deliveryId", after.id().toString())
                .append("userId", after.userId().toString())
                .append("kind", after.kind())
                .append("channel", "EMAIL")
                .append(
                        "outcome",
                        after.state() == Delivery.State.QUEUED
                                ? "DEFERRED"
                                : after.state().name())
                .append("attempt", after.attempts())
                .append("at", Date.from(now));
        if (outcome instanceof Outcome.Sent sent) {
            document.append("messageId", sent.messageId()).append("language", sent.language());
        } else {
            document.append("error", after.lastError());
        }
        logs.replaceOne(Filters.eq("_id", id), document, new ReplaceOptions().upsert(true));
    }
}
