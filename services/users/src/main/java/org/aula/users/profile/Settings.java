package org.aula.users.profile;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the person's clients remember.
///
/// @param values free JSON, see [org.aula.users.input.FreeJson]
/// @param version rises with every change
public record Settings(UUID userId, Map<String, @Nullable Object> values, long version, Instant updatedAt) {

    /// The next version, or the same when nothing changes.
    Settings replace(Map<String, @Nullable Object> changed, Instant now) {
        return changed.equals(values) ? this : new Settings(userId, changed, version + 1, now);
    }
}
