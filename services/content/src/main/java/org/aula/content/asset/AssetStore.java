package org.aula.content.asset;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.aula.content.file.FileKind;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/// The collection `content_assets`.
@Singleton
final class AssetStore {

    private static final String ID = AssetDocumentFactory.ID;
    private static final String STATE = AssetDocumentFactory.STATE;
    private static final String SET = "$set";

    private final MongoCollection<Document> assets;

    AssetStore(MongoDatabase database) {
        this.assets = database.getCollection("content_assets");
    }

    /// Writes an announced asset unless it is there already, and gives what is there then.
    Asset insertIfAbsent(Asset asset) {
        var document = AssetDocumentFactory.document(asset);
        document.remove(ID);
        assets.updateOne(byId(asset.id()), new Document("$setOnInsert", document), new UpdateOptions().upsert(true));
        return find(asset.id()).orElse(asset);
    }

    Optional<Asset> find(UUID id) {
        return Optional.ofNullable(assets.find(byId(id)).first()).map(AssetDocumentFactory::asset);
    }

    /// Those that exist, by id.
    Map<UUID, Asset> findAll(Collection<UUID> ids) {
        var names = ids.stream().map(UUID::toString).toList();
        var found = new LinkedHashMap<UUID, Asset>();
        for (var document : assets.find(Filters.in(ID, names))) {
            var asset = AssetDocumentFactory.asset(document);
            found.put(asset.id(), asset);
        }
        return found;
    }

    /// A user's assets, the latest first.
    ///
    /// @param custodian the service that keeps them; null for those that none keeps
    /// @param kind null for all
    /// @param courseId null for all
    /// @param before only those announced before this one; null for all
    List<Asset> list(
            UUID ownerId,
            @Nullable String custodian,
            @Nullable FileKind kind,
            @Nullable UUID courseId,
            @Nullable UUID before,
            int limit) {
        var filters = new ArrayList<Bson>();
        filters.add(Filters.eq("ownerId", ownerId.toString()));
        filters.add(Filters.eq(AssetDocumentFactory.CUSTODIAN, custodian));
        if (kind != null) {
            filters.add(Filters.eq("kind", kind.name()));
        }
        if (courseId != null) {
            filters.add(Filters.eq("courseId", courseId.toString()));
        }
        if (before != null) {
            filters.add(Filters.lt(ID, before.toString()));
        }
        var found = new ArrayList<Asset>();
        for (var document : assets.find(Filters.and(filters))
                .sort(Sorts.descending(ID))
                .limit(limit)
                .batchSize(limit)) {
            found.add(AssetDocumentFactory.asset(document));
        }
        return found;
    }

    /// Makes an asset ready whose bytes were accepted. One that is ready stays as it is: the work on it may
    /// have been done before its uploader was answered.
    void setAccepted(UUID id, AssetDetails details, Instant now) {
        assets.updateOne(Filters.and(byId(id), Filters.ne(STATE, Asset.State.READY.name())), ready(details, now));
    }

    /// Makes an asset that still exists ready, with what the work on it has found.
    void setReady(UUID id, AssetDetails details, Instant now) {
        assets.updateOne(byId(id), ready(details, now));
    }

    private static Document ready(AssetDetails details, Instant now) {
        var fields = AssetDocumentFactory.details(details)
                .append(STATE, Asset.State.READY.name())
                .append("updatedAt", Date.from(now));
        return new Document(SET, fields);
    }

    /// Marks an asset whose bytes were refused. One that is ready stays so.
    void setFailed(UUID id, Instant now) {
        var fields = new Document(STATE, Asset.State.FAILED.name()).append("updatedAt", Date.from(now));
        assets.updateOne(Filters.and(byId(id), Filters.ne(STATE, Asset.State.READY.name())), new Document(SET, fields));
    }

    void delete(UUID id) {
        assets.deleteOne(byId(id));
    }

    private static Bson byId(UUID id) {
        return Filters.eq(ID, id.toString());
    }
}
