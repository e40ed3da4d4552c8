package org.aula.users.profile;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a person tells about themselves at length. Everything may be empty.
///
/// @param links addresses elsewhere by name
/// @param coverImageUrl empty for none
/// @param expertise what the person knows well
/// @param preferences free JSON, see [org.aula.users.input.FreeJson]
public record ProfileDetails(
        String bio,
        String location,
        String company,
        String jobTitle,
        Map<String, String> links,
        String address,
        String city,
        String coverImageUrl,
        List<String> expertise,
        int experienceYears,
        Map<String, @Nullable Object> preferences) {

    static final ProfileDetails EMPTY =
            new ProfileDetails("", "", "", "", Map.of(), "", "", "", List.of(), 0, Map.of());
}
