package org.aula.users.activity;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import io.grpc.Context;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.aula.kernel.error.ErrorMapping;
import org.aula.users.input.FreeJson;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/// Documents of `user_activities`, which MongoDB forgets after 90 days. Their ids rise with time.
///
/// No question takes longer than what is left of the call's deadline.
@Singleton
public final class ActivityStore {

    private static final long MAX_MILLIS = 5_000;

    private final MongoCollection<Document> collection;

    ActivityStore(MongoDatabase database) {
        this.collection = database.getCollection("user_activities");
    }

    /// Adds an activity, unless its request has added one before: an index keeps each request to one.
    ///
    /// @return what is kept of this request
    Activity insert(Activity activity, UUID requestId) {
        try {
            limited().insertOne(document(activity, requestId));
            return activity;
        } catch (MongoWriteException refused) {
            if (refused.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw refused;
            }
            return find(activity.userId(), requestId).orElseThrow(() -> refused);
        }
    }

    /// The latest activities of a user.
    ///
    /// @param action only this one; empty for all
    /// @param before only older than this one; null from the latest on
    List<Activity> list(UUID userId, String action, @Nullable UUID before, int limit) {
        var conditions = new ArrayList<Bson>();
        conditions.add(Filters.eq("userId", userId.toString()));
        if (!action.isEmpty()) {
            conditions.add(Filters.eq("action", action));
        }
        if (before != null) {
            conditions.add(Filters.lt("_id", before.toString()));
        }
        return limited()
                .find(Filters.and(conditions))
                .sort(Sorts.descending("_id"))
                .limit(limit)
                .map(ActivityStore::activity)
                .into(new ArrayList<>());
    }

    /// Forgets all that a user did.
    public void deleteAll(UUID userId) {
        limited().deleteMany(Filters.eq("userId", userId.toString()));
    }

    private Optional<Activity> find(UUID userId, UUID requestId) {
        return Optional.ofNullable(limited()
                        .find(Filters.and(
                                Filters.eq("userId", userId.toString()), Filters.eq("requestId", requestId.toString())))
                        .first())
                .map(ActivityStore::activity);
    }

    private MongoCollection<Document> limited() {
        var deadline = Context.current().getDeadline();
        var left = deadline == null ? MAX_MILLIS : deadline.timeRemaining(TimeUnit.MILLISECONDS);
        if (left <= 0) {
            throw ErrorMapping.deadlineExceeded();
        }
        return collection.withTimeout(Math.min(left, MAX_MILLIS), TimeUnit.MILLISECONDS);
    }

    private static Document document(Activity activity, UUID requestId) {
        var deed = activity.deed();
        return new Document("_id", activity.id().toString())
                .append("userId", activity.userId().toString())
                .append("requestId", requestId.toString())
                .append("action", deed.action())
                .append("resourceType", deed.resourceType())
                .append("resourceId", deed.resourceId())
                .append("metadata", new Document(deed.metadata()))
                .append("ipAddress", activity.ipAddress())
                .append("createdAt", Date.from(activity.createdAt()));
    }

    private static Activity activity(Document document) {
        return new Activity(
                UUID.fromString(document.getString("_id")),
                UUID.fromString(document.getString("userId")),
                new Activity.Deed(
                        document.getString("action"),
                        document.get("resourceType", ""),
                        document.get("resourceId", ""),
                        FreeJson.copy(document.get("metadata", new Document()))),
                document.get("ipAddress", ""),
                document.getDate("createdAt").toInstant());
    }
}
