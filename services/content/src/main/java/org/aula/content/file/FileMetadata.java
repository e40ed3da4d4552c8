package org.aula.content.file;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the work on a file has found. Numbers are 0 and texts empty where a file has no such thing.
///
/// @param width pixels across
/// @param height pixels down
/// @param durationMillis how long it plays, in milliseconds
/// @param text null when no text can be found in files of this kind
/// @param packageEntry where a learning package begins
public record FileMetadata(
        int width,
        int height,
        long durationMillis,
        int pageCount,
        @Nullable String text,
        List<SmallerPicture> pictures,
        String packageEntry) {

    /// Nothing to be found.
    public static final FileMetadata NONE = new FileMetadata(0, 0, 0, 0, null, List.of(), "");

    /// A smaller picture.
    ///
    /// @param name `thumbnail`, `medium` or `large`
    /// @param bytes the encoded picture; nobody may change it
    public record SmallerPicture(String name, int width, int height, String mediaType, byte[] bytes) {}

    public static FileMetadata picture(int width, int height, List<SmallerPicture> pictures) {
        return new FileMetadata(width, height, 0, 0, null, List.copyOf(pictures), "");
    }

    public static FileMetadata text(@Nullable String text, int pageCount) {
        return new FileMetadata(0, 0, 0, pageCount, text, List.of(), "");
    }

    public static FileMetadata playing(int width, int height, long durationMillis) {
        return new FileMetadata(width, height, durationMillis, 0, null, List.of(), "");
    }

    public static FileMetadata learningPackage(String entry) {
        return new FileMetadata(0, 0, 0, 0, null, List.of(), entry);
    }
}
