package org.aula.content.asset;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/// The collection `content_assets`.
@Singleton
final class AssetStore {

    private static final String ID = "_id";
    private static final String STATE = "state";

    private final MongoCollection<Document> assets;

    AssetStore(MongoDatabase database) {
        this.assets = database.getCollection("content_assets");
    }

    /// Writes an announced asset unless it is there already, and gives what is there then.
    Asset insertIfAbsent(Asset asset) {
        var document = document(asset);
        document.remove(ID);
        assets.updateOne(
                Filters.eq(ID, asset.id().toString()),
                new Document("$setOnInsert", document),
                new UpdateOptions().upsert(true));
        return find(asset.id()).orElse(asset);
    }

    Optional<Asset> find(UUID id) {
        return Optional.ofNullable(assets.find(Filters.eq(ID, id.toString())).first())
                .map(AssetStore::asset);
    }

    /// Those that exist, by id.
    Map<UUID, Asset> findAll(Collection<UUID> ids) {
        var names = ids.stream().map(UUID::toString).toList();
        var found = new LinkedHashMap<UUID, Asset>();
        for (var document : assets.find(Filters.in(ID, names))) {
            var asset = asset(document);
            found.put(asset.id(), asset);
        }
        return found;
    }

    /// Sets the state of an asset that still exists. One that is ready stays so.
    ///
    /// @return false when it is gone, or ready while another state was asked for
    boolean setState(UUID id, Asset.State state) {
        var filters = new ArrayList<>(java.util.List.of(Filters.eq(ID, id.toString())));
        if (state != Asset.State.READY) {
            filters.add(Filters.ne(STATE, Asset.State.READY.name()));
        }
        return assets.updateOne(Filters.and(filters), Updates.set(STATE, state.name()))
                        .getMatchedCount()
                == 1;
    }

    void delete(UUID id) {
        assets.deleteOne(Filters.eq(ID, id.toString()));
    }

    private static Document document(Asset asset) {
        return new Document(ID, asset.id().toString())
                .append("ownerId", asset.ownerId().toString())
                .append(
                        "courseId",
                        asset.courseId() == null ? null : asset.courseId().toString())
                .append("fileName", asset.fileName())
                .append("mediaType", asset.mediaType())
                .append("sizeBytes", asset.sizeBytes())
                .append("sha256", asset.sha256())
                .append(STATE, asset.state().name())
                .append("visibility", asset.visibility().name())
                .append("createdAt", Date.from(asset.createdAt()));
    }

    private static Asset asset(Document document) {
        return new Asset(
                UUID.fromString(text(document, ID)),
                UUID.fromString(text(document, "ownerId")),
                uuidOrNull(document.getString("courseId")),
                text(document, "fileName"),
                text(document, "mediaType"),
                document.get("sizeBytes", Number.class).longValue(),
                text(document, "sha256"),
                Asset.State.valueOf(text(document, STATE)),
                Asset.Visibility.valueOf(text(document, "visibility")),
                document.getDate("createdAt").toInstant());
    }

    private static String text(Document document, String field) {
        return Objects.requireNonNull(document.getString(field), field);
    }

    private static @Nullable UUID uuidOrNull(@Nullable String text) {
        return text == null ? null : UUID.fromString(text);
    }
}
