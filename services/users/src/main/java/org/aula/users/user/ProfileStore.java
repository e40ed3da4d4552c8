package org.aula.users.user;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/// Documents of `user_profiles` and `user_settings`, one of each for every user.
@Singleton
final class ProfileStore {

    private static final String PROFILES = "user_profiles";
    private static final String SETTINGS = "user_settings";
    private static final JsonWriterSettings PLAIN_JSON =
            JsonWriterSettings.builder().outputMode(JsonMode.RELAXED).build();

    private final MongoDatabase database;

    ProfileStore(MongoDatabase database) {
        this.database = database;
    }

    /// Makes both documents, empty. Those that are there already stay as they are.
    void insertMissing(UUID userId, Instant now) {
        insertMissing(
                PROFILES,
                userId,
                now,
                Updates.combine(
                        Updates.setOnInsert("bio", ""),
                        Updates.setOnInsert("location", ""),
                        Updates.setOnInsert("company", ""),
                        Updates.setOnInsert("jobTitle", ""),
                        Updates.setOnInsert("links", new Document())));
        insertMissing(SETTINGS, userId, now, Updates.setOnInsert("settings", new Document()));
    }

    Optional<Profile> findProfile(UUID userId) {
        return find(PROFILES, userId).map(ProfileStore::profile);
    }

    /// The settings as JSON.
    Optional<String> findSettings(UUID userId) {
        return find(SETTINGS, userId)
                .map(found -> found.get("settings", new Document()).toJson(PLAIN_JSON));
    }

    private void insertMissing(String collection, UUID userId, Instant now, Bson fields) {
        database.getCollection(collection)
                .updateOne(
                        byUser(userId),
                        Updates.combine(
                                Updates.setOnInsert("_id", userId.toString()),
                                Updates.setOnInsert("createdAt", Date.from(now)),
                                Updates.setOnInsert("updatedAt", Date.from(now)),
                                fields),
                        new UpdateOptions().upsert(true));
    }

    private Optional<Document> find(String collection, UUID userId) {
        return Optional.ofNullable(
                database.getCollection(collection).find(byUser(userId)).first());
    }

    private static Bson byUser(UUID userId) {
        return Filters.eq("userId", userId.toString());
    }

    private static Profile profile(Document document) {
        Map<String, String> links = new HashMap<>();
        document.get("links", new Document()).forEach((name, address) -> links.put(name, String.valueOf(address)));
        return new Profile(
                document.get("bio", ""),
                document.get("location", ""),
                document.get("company", ""),
                document.get("jobTitle", ""),
                Map.copyOf(links));
    }
}
