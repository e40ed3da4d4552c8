package org.aula.users.user;

import java.time.Instant;
import java.util.UUID;

/// A living person as the platform knows them.
///
/// @param id the same as the account's
/// @param languageCode BCP 47
/// @param timeZone IANA name
/// @param avatarUrl empty for none
/// @param shortBio empty for none
record User(
        UUID id,
        String firstName,
        String lastName,
        String languageCode,
        String timeZone,
        String avatarUrl,
        String shortBio,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    /// Given and family name.
    String displayName() {
        return (firstName + " " + lastName).strip();
    }
}
