package org.aula.users.user;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A person as the platform knows them.
///
/// @param id the same as the account's
/// @param version rises with every change
/// @param deletedAt null while living
public record User(
        UUID id,
        UserDetails details,
        long version,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant deletedAt) {

    boolean isLiving() {
        return deletedAt == null;
    }

    /// Given and family name.
    String displayName() {
        return (details.firstName() + " " + details.lastName()).strip();
    }

    /// As the person wants to be described now; the same when nothing changes.
    User describe(UserDetails changed, Instant now) {
        return changed.equals(details) ? this : new User(id, changed, version + 1, createdAt, now, deletedAt);
    }

    /// Gone, or as it is when it was gone before.
    User delete(Instant now) {
        return isLiving() ? new User(id, details, version + 1, createdAt, now, now) : this;
    }

    /// Living again, or as it is when it lived.
    User restore(Instant now) {
        return isLiving() ? this : new User(id, details, version + 1, createdAt, now, null);
    }
}
