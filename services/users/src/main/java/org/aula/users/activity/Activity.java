package org.aula.users.activity;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that a person did.
///
/// @param id UUIDv7
/// @param ipAddress where the call came from; may be empty
public record Activity(UUID id, UUID userId, Deed deed, String ipAddress, Instant createdAt) {

    /// What was done, and to what.
    ///
    /// @param resourceType empty for none
    /// @param resourceId empty for none
    /// @param metadata free JSON, see [org.aula.users.input.FreeJson]
    public record Deed(String action, String resourceType, String resourceId, Map<String, @Nullable Object> metadata) {}
}
