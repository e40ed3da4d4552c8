package org.aula.users.user;

import java.util.Map;

/// What a person tells about themselves at length. Everything may be empty.
///
/// @param links addresses elsewhere by name
record Profile(String bio, String location, String company, String jobTitle, Map<String, String> links) {

    static final Profile EMPTY = new Profile("", "", "", "", Map.of());
}
