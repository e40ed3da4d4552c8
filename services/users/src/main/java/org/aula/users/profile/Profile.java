package org.aula.users.profile;

import java.time.Instant;
import java.util.UUID;

/// A person's profile.
///
/// @param version rises with every change
public record Profile(UUID userId, ProfileDetails details, long version, Instant updatedAt) {

    /// The next version, or the same when nothing changes.
    Profile describe(ProfileDetails changed, Instant now) {
        return changed.equals(details) ? this : new Profile(userId, changed, version + 1, now);
    }
}
