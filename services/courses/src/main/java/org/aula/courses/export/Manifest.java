package org.aula.courses.export;

import java.util.List;
import java.util.Map;

/// What an archive says that is in it.
///
/// @param files by name, all but the manifest itself
record Manifest(Map<String, Entry> files, List<ArchivedMedia> media) {

    static final String NAME = "manifest.json";

    /// @param sha256 lower-case hex
    record Entry(long sizeBytes, String sha256) {}
}
