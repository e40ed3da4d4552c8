package org.aula.users.profile;

import com.mongodb.client.MongoDatabase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.aula.users.input.FreeJson;
import org.bson.Document;

/// Documents of `user_settings`.
@Singleton
public final class SettingsStore {

    private static final String VALUES = "settings";

    private final UserDocumentStore documents;

    SettingsStore(MongoDatabase database) {
        this.documents = new UserDocumentStore(database, "user_settings");
    }

    /// A user's settings; empty at version 1 when there is no document yet.
    public Settings get(UUID userId) {
        return documents
                .find(userId)
                .map(found -> new Settings(
                        userId,
                        FreeJson.copy(found.get(VALUES, new Document())),
                        UserDocumentStore.version(found),
                        UserDocumentStore.updatedAt(found)))
                .orElseGet(() -> new Settings(userId, Map.of(), 1, Instant.EPOCH));
    }

    /// Makes empty settings unless there are some.
    public void insertMissing(UUID userId, Instant now) {
        documents.insertMissing(userId, now, Map.of(VALUES, new Document()));
    }

    /// Writes the next version.
    ///
    /// @return false when somebody else changed them meanwhile
    boolean change(Settings next) {
        return documents.change(
                next.userId(), next.version() - 1, next.updatedAt(), Map.of(VALUES, new Document(next.values())));
    }

    public void delete(UUID userId) {
        documents.delete(userId);
    }
}
