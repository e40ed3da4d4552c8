package org.aula.content.asset;

import java.util.List;
import java.util.Optional;
import org.aula.content.file.FileKind;
import org.aula.content.file.FileMetadata;
import org.jspecify.annotations.Nullable;

/// What was found in an asset's bytes. Numbers are 0 and texts empty where there is nothing.
///
/// @param kind null until the bytes were looked at
/// @param error why the work on it failed, for people
/// @param durationMillis how long it plays, in milliseconds
/// @param textBytes size of its text in UTF-8
/// @param packageEntry where a learning package begins
record AssetDetails(
        @Nullable FileKind kind,
        Processing processing,
        String error,
        int width,
        int height,
        long durationMillis,
        int pageCount,
        long textBytes,
        String packageEntry,
        List<Variant> variants) {

    /// Nothing is known.
    static final AssetDetails UNKNOWN = of(null, Processing.NONE, "");

    /// How far the work on it has come.
    enum Processing {
        NONE,
        PROCESSING,
        COMPLETED,
        FAILED
    }

    /// A smaller picture.
    record Variant(String name, int width, int height, String mediaType, long sizeBytes) {}

    static AssetDetails of(@Nullable FileKind kind, Processing processing, String error) {
        return new AssetDetails(kind, processing, error, 0, 0, 0, 0, 0, "", List.of());
    }

    static AssetDetails completed(FileKind kind, FileMetadata found, long textBytes) {
        var variants = found.pictures().stream()
                .map(picture -> new Variant(
                        picture.name(), picture.width(), picture.height(), picture.mediaType(), picture.bytes().length))
                .toList();
        return new AssetDetails(
                kind,
                Processing.COMPLETED,
                "",
                found.width(),
                found.height(),
                found.durationMillis(),
                found.pageCount(),
                textBytes,
                found.packageEntry(),
                variants);
    }

    Optional<Variant> variant(String name) {
        return variants.stream().filter(variant -> variant.name().equals(name)).findFirst();
    }
}
