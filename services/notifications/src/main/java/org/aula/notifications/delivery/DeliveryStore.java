package org.aula.notifications.delivery;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/// The collection `notification_queue`. Ids only: neither addresses nor what emails say.
@Singleton
final class DeliveryStore {

    private static final String ID = "_id";
    private static final String STATE = "state";
    private static final String LEASE = "lease";
    private static final String NEXT = "nextAttemptAt";

    private final MongoCollection<Document> queue;

    DeliveryStore(MongoDatabase database) {
        this.queue = database.getCollection("notification_queue");
    }

    /// Puts an email into the queue unless it is there already.
    void add(Delivery delivery) {
        var document = document(delivery);
        document.remove(ID);
        queue.updateOne(byId(delivery.id()), new Document("$setOnInsert", document), new UpdateOptions().upsert(true));
    }

    /// Takes the email that has waited longest, also one whose worker is gone. One caller gets it.
    Optional<Delivery> claim(Instant now, Instant leaseUntil) {
        return Optional.ofNullable(queue.findOneAndUpdate(
                        Filters.lte(NEXT, Date.from(now)),
                        Updates.combine(
                                Updates.set(STATE, Delivery.State.SENDING.name()),
                                Updates.set(LEASE, UUID.randomUUID().toString()),
                                Updates.set(NEXT, Date.from(leaseUntil))),
                        new FindOneAndUpdateOptions()
                                .sort(Sorts.ascending(NEXT))
                                .returnDocument(ReturnDocument.AFTER)))
                .map(DeliveryStore::delivery);
    }

    /// Writes an email that the worker still has.
    ///
    /// @return false when its lease is over and somebody else has it, or has had it
    boolean replaceLeased(Delivery before, Delivery after) {
        return queue.replaceOne(Filters.and(byId(before.id()), Filters.eq(LEASE, before.lease())), document(after))
                        .getMatchedCount()
                == 1;
    }

    /// Puts off the end of a lease that still runs.
    void renew(Delivery leased, Instant leaseUntil) {
        queue.updateOne(
                Filters.and(byId(leased.id()), Filters.eq(LEASE, leased.lease())),
                Updates.set(NEXT, Date.from(leaseUntil)));
    }

    /// Writes an email that was given up and that nobody has changed meanwhile.
    boolean replaceFailed(Delivery before, Delivery after) {
        return queue.replaceOne(
                                Filters.and(
                                        byId(before.id()),
                                        Filters.eq(STATE, Delivery.State.FAILED.name()),
                                        Filters.eq("retries", before.retries())),
                                document(after))
                        .getMatchedCount()
                == 1;
    }

    Optional<Delivery> find(UUID id) {
        return Optional.ofNullable(queue.find(byId(id)).first()).map(DeliveryStore::delivery);
    }

    /// Emails, the latest first.
    ///
    /// @param state null for all
    /// @param userId null for all
    /// @param before only emails with lower ids; null for the first page
    List<Delivery> list(Delivery.@Nullable State state, @Nullable UUID userId, @Nullable UUID before, int limit) {
        var conditions = new ArrayList<Bson>();
        if (state != null) {
            conditions.add(Filters.eq(STATE, state.name()));
        }
        if (userId != null) {
            conditions.add(Filters.eq("userId", userId.toString()));
        }
        if (before != null) {
            conditions.add(Filters.lt(ID, before.toString()));
        }
        var filter = conditions.isEmpty() ? Filters.empty() : Filters.and(conditions);
        return queue.find(filter)
                .sort(Sorts.descending(ID))
                .limit(limit)
                .map(DeliveryStore::delivery)
                .into(new ArrayList<>());
    }

    private static Bson byId(UUID id) {
        return Filters.eq(ID, id.toString());
    }

    /// What is null has no field: `nextAttemptAt` makes the index of what waits.
    private static Document document(Delivery delivery) {
        var document = new Document(ID, delivery.id().toString())
                .append("userId", delivery.userId().toString())
                .append("kind", delivery.kind())
                .append("channel", "EMAIL")
                .append(STATE, delivery.state().name())
                .append("attempts", delivery.attempts())
                .append("failures", delivery.failures())
                .append("retries", delivery.retries())
                .append("lastError", delivery.lastError())
                .append("createdAt", Date.from(delivery.createdAt()))
                .append("queuedAt", Date.from(delivery.queuedAt()));
        if (delivery.subjectId() != null) {
            document.append("subjectId", delivery.subjectId().toString());
        }
        if (delivery.lease() != null) {
            document.append(LEASE, delivery.lease());
        }
        appendTime(document, NEXT, delivery.nextAttemptAt());
        appendTime(document, "sentAt", delivery.sentAt());
        appendTime(document, "expireAt", delivery.expireAt());
        return document;
    }

    private static void appendTime(Document document, String field, @Nullable Instant time) {
        if (time != null) {
            document.append(field, Date.from(time));
        }
    }

    private static Delivery delivery(Document document) {
        var subject = document.getString("subjectId");
        return new Delivery(
                UUID.fromString(text(document, ID)),
                UUID.fromString(text(document, "userId")),
                text(document, "kind"),
                subject == null ? null : UUID.fromString(subject),
                Delivery.State.valueOf(text(document, STATE)),
                document.getInteger("attempts", 0),
                document.getInteger("failures", 0),
                document.getInteger("retries", 0),
                document.getString(LEASE),
                document.get("lastError", ""),
                document.getDate("createdAt").toInstant(),
                document.getDate("queuedAt").toInstant(),
                time(document, NEXT),
                time(document, "sentAt"),
                time(document, "expireAt"));
    }

    private static String text(Document document, String field) {
        return Objects.requireNonNull(document.getString(field), field);
    }

    private static @Nullable Instant time(Document document, String field) {
        var date = document.getDate(field);
        return date == null ? null : date.toInstant();
    }
}
