package org.aula.users.profile;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import io.grpc.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.aula.kernel.error.ErrorMapping;
import org.bson.Document;
import org.bson.conversions.Bson;

/// A collection with one document for each user, found by `userId`. Its `version` counts the changes;
/// documents that were made before it was counted have none, which means 1.
///
/// No question takes longer than what is left of the call's deadline.
final class UserDocumentStore {

    private static final long MAX_MILLIS = 5_000;
    private static final String VERSION = "version";
    private static final String UPDATED_AT = "updatedAt";

    private final MongoCollection<Document> collection;

    UserDocumentStore(MongoDatabase database, String collection) {
        this.collection = database.getCollection(collection);
    }

    Optional<Document> find(UUID userId) {
        return Optional.ofNullable(limited().find(byUser(userId)).first());
    }

    /// Makes a document unless it is there.
    void insertMissing(UUID userId, Instant now, Map<String, Object> fields) {
        var inserts = new ArrayList<Bson>();
        inserts.add(Updates.setOnInsert("_id", userId.toString()));
        inserts.add(Updates.setOnInsert(VERSION, 1L));
        inserts.add(Updates.setOnInsert("createdAt", Date.from(now)));
        inserts.add(Updates.setOnInsert(UPDATED_AT, Date.from(now)));
        fields.forEach((name, value) -> inserts.add(Updates.setOnInsert(name, value)));
        try {
            limited().updateOne(byUser(userId), Updates.combine(inserts), new UpdateOptions().upsert(true));
        } catch (MongoWriteException refused) {
            // Of two who insert at once one is refused, and then it is there.
            if (refused.getError().getCategory() != ErrorCategory.DUPLICATE_KEY
                    || find(userId).isEmpty()) {
                throw refused;
            }
        }
    }

    /// Changes a document that still has this version.
    ///
    /// @return false when it has another by now; then nothing changed
    boolean change(UUID userId, long version, Instant now, Map<String, Object> fields) {
        var sets = new ArrayList<Bson>();
        sets.add(Updates.set(VERSION, version + 1));
        sets.add(Updates.set(UPDATED_AT, Date.from(now)));
        fields.forEach((name, value) -> sets.add(Updates.set(name, value)));
        var unchanged = version == 1 ? Filters.in(VERSION, Arrays.asList(1L, null)) : Filters.eq(VERSION, version);
        return limited()
                        .updateOne(Filters.and(byUser(userId), unchanged), Updates.combine(sets))
                        .getMatchedCount()
                == 1;
    }

    void delete(UUID userId) {
        limited().deleteMany(byUser(userId));
    }

    static long version(Document document) {
        return document.get(VERSION) instanceof Number number ? number.longValue() : 1;
    }

    /// When it last changed; the epoch for documents that do not tell.
    static Instant updatedAt(Document document) {
        return document.get(UPDATED_AT) instanceof Date date ? date.toInstant() : Instant.EPOCH;
    }

    private MongoCollection<Document> limited() {
        var deadline = Context.current().getDeadline();
        var left = deadline == null ? MAX_MILLIS : deadline.timeRemaining(TimeUnit.MILLISECONDS);
        if (left <= 0) {
            throw ErrorMapping.deadlineExceeded();
        }
        return collection.withTimeout(Math.min(left, MAX_MILLIS), TimeUnit.MILLISECONDS);
    }

    private static Bson byUser(UUID userId) {
        return Filters.eq("userId", userId.toString());
    }
}
