package org.aula.users.preferences;

import io.micronaut.data.annotation.Embeddable;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

/// What a person wants to hear of, and how.
///
/// @param version rises with every change
@MappedEntity("user_preferences")
public record Preferences(UUID userId, Choices choices, long version, Instant updatedAt) {

    /// Each of the ways, wanted or not.
    @Embeddable
    public record Choices(
            boolean emailNotifications,
            boolean marketingEmails,
            boolean pushNotifications,
            boolean courseReminders,
            boolean weeklyProgressEmail) {}

    /// The next version, or the same when nothing changes.
    Preferences choose(Choices changed, Instant now) {
        return changed.equals(choices) ? this : new Preferences(userId, changed, version + 1, now);
    }
}
