package org.aula.analytics.audit;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.aula.analytics.audit.AuditEntry.Change;
import org.bson.Document;
import org.bson.conversions.Bson;

/// The collection `audit_logs`. Entries are added and never changed; they end after seven years by
/// themselves.
@Singleton
final class AuditStore {

    private static final String ID = "_id";

    private final MongoCollection<Document> entries;

    AuditStore(MongoDatabase database) {
        this.entries = database.getCollection("audit_logs");
    }

    /// Adds entries; those that are there already stay as they are.
    void insertMissing(List<AuditEntry> added) {
        var writes = added.stream()
                .map(entry -> new UpdateOneModel<Document>(
                        Filters.eq(ID, entry.id().toString()),
                        new Document("$setOnInsert", document(entry)),
                        new UpdateOptions().upsert(true)))
                .toList();
        entries.bulkWrite(writes, new BulkWriteOptions().ordered(false));
    }

    /// The latest first.
    List<AuditEntry> list(AuditQuery query) {
        var filters = new ArrayList<Bson>();
        filters.add(Filters.exists(ID));
        addEqual(filters, "actor", query.actor());
        addEqual(filters, "resourceId", query.resourceId());
        addEqual(filters, "action", query.action());
        if (query.from() != null) {
            filters.add(Filters.gte("occurredAt", Date.from(query.from())));
        }
        if (query.until() != null) {
            filters.add(Filters.lt("occurredAt", Date.from(query.until())));
        }
        if (query.before() != null) {
            filters.add(Filters.lt(ID, query.before().toString()));
        }
        return entries.find(Filters.and(filters))
                .sort(Sorts.descending(ID))
                .limit(query.limit())
                .map(AuditStore::entry)
                .into(new ArrayList<>());
    }

    private static void addEqual(List<Bson> filters, String field, String value) {
        if (!value.isEmpty()) {
            filters.add(Filters.eq(field, value));
        }
    }

    private static Document document(AuditEntry entry) {
        var changes = entry.changes().stream()
                .map(change -> new Document("path", change.path())
                        .append("before", change.before())
                        .append("after", change.after())
                        .append("personal", change.personal()))
                .toList();
        return new Document("actor", entry.actor())
                .append("domain", entry.domain())
                .append("action", entry.action())
                .append("resourceType", entry.resourceType())
                .append("resourceId", entry.resourceId())
                .append("changes", changes)
                .append("requestId", entry.requestId())
                .append("ipAddress", entry.ipAddress())
                .append("userAgent", entry.userAgent())
                .append("occurredAt", Date.from(entry.occurredAt()));
    }

    private static AuditEntry entry(Document document) {
        var changes = document.getList("changes", Document.class, List.of()).stream()
                .map(change -> new Change(
                        change.getString("path"),
                        change.getString("before"),
                        change.getString("after"),
                        change.getBoolean("personal", false)))
                .toList();
        return new AuditEntry(
                UUID.fromString(document.getString(ID)),
                document.getString("actor"),
                document.getString("domain"),
                document.getString("action"),
                document.getString("resourceType"),
                document.getString("resourceId"),
                changes,
                document.get("requestId", ""),
                document.get("ipAddress", ""),
                document.get("userAgent", ""),
                document.getDate("occurredAt").toInstant());
    }
}
