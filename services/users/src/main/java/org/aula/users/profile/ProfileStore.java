package org.aula.users.profile;

import com.mongodb.client.MongoDatabase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.aula.users.input.FreeJson;
import org.bson.Document;

/// Documents of `user_profiles`.
@Singleton
public final class ProfileStore {

    private final UserDocumentStore documents;

    ProfileStore(MongoDatabase database) {
        this.documents = new UserDocumentStore(database, "user_profiles");
    }

    /// A user's profile; empty at version 1 when there is no document yet.
    public Profile get(UUID userId) {
        return documents
                .find(userId)
                .map(found -> profile(userId, found))
                .orElseGet(() -> new Profile(userId, ProfileDetails.EMPTY, 1, Instant.EPOCH));
    }

    /// Makes an empty profile unless there is one.
    public void insertMissing(UUID userId, Instant now) {
        documents.insertMissing(userId, now, fields(ProfileDetails.EMPTY));
    }

    /// Writes the next version.
    ///
    /// @return false when somebody else changed it meanwhile
    boolean change(Profile next) {
        return documents.change(next.userId(), next.version() - 1, next.updatedAt(), fields(next.details()));
    }

    public void delete(UUID userId) {
        documents.delete(userId);
    }

    private static Map<String, Object> fields(ProfileDetails details) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("bio", details.bio());
        fields.put("location", details.location());
        fields.put("company", details.company());
        fields.put("jobTitle", details.jobTitle());
        fields.put("links", new Document(new LinkedHashMap<>(details.links())));
        fields.put("address", details.address());
        fields.put("city", details.city());
        fields.put("coverImageUrl", details.coverImageUrl());
        fields.put("expertise", new ArrayList<>(details.expertise()));
        fields.put("experienceYears", details.experienceYears());
        fields.put("preferences", new Document(details.preferences()));
        return fields;
    }

    private static Profile profile(UUID userId, Document document) {
        Map<String, String> links = new HashMap<>();
        document.get("links", new Document()).forEach((name, address) -> links.put(name, String.valueOf(address)));
        var years = document.get("experienceYears", (Number) 0);
        return new Profile(
                userId,
                new ProfileDetails(
                        document.get("bio", ""),
                        document.get("location", ""),
                        document.get("company", ""),
                        document.get("jobTitle", ""),
                        Map.copyOf(links),
                        document.get("address", ""),
                        document.get("city", ""),
                        document.get("coverImageUrl", ""),
                        List.copyOf(document.getList("expertise", String.class, List.of())),
                        years.intValue(),
                        FreeJson.copy(document.get("preferences", new Document()))),
                UserDocumentStore.version(document),
                UserDocumentStore.updatedAt(document));
    }
}
