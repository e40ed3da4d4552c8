package org.aula.users.user;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// What a person can say of themselves.
///
/// @param phone E.164; empty for none
/// @param birthDate null if not told
/// @param gender null if not told
/// @param languageCode BCP 47
/// @param timeZone IANA name
/// @param avatarUrl empty for none
/// @param shortBio empty for none
record UserDetails(
        String firstName,
        String lastName,
        String phone,
        @Nullable LocalDate birthDate,
        @Nullable Gender gender,
        String languageCode,
        String timeZone,
        String avatarUrl,
        String shortBio) {}
