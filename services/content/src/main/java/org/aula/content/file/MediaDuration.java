package org.aula.content.file;

import java.util.Set;

/// How long sound and films play. The readers are our own because those that exist make room for whatever
/// size a file claims; these read a few kilobytes and believe nothing that does not fit into the file.
final class MediaDuration {

    /// Longer than anybody's recording: what says more is broken.
    private static final long MAX_MILLIS = 30L * 24 * 3600 * 1000;

    private static final Set<String> ISO = Set.of(
            "video/mp4",
            "audio/mp4",
            "application/mp4",
            "video/quicktime",
            "video/x-m4v",
            "audio/x-m4a",
            "video/3gpp",
            "video/3gpp2");
    private static final Set<String> EBML =
            Set.of("video/webm", "audio/webm", "video/x-matroska", "audio/x-matroska", "application/x-matroska");
    private static final Set<String> OGG =
            Set.of("audio/ogg", "video/ogg", "application/ogg", "audio/opus", "audio/vorbis");
    private static final Set<String> WAVE = Set.of("audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave");

    private MediaDuration() {}

    /// Whether files of this type can be read.
    static boolean knows(String type) {
        return ISO.contains(type)
                || EBML.contains(type)
                || OGG.contains(type)
                || WAVE.contains(type)
                || isMpeg(type)
                || isFlac(type);
    }

    static FileMetadata read(FileBytes bytes, String type, WorkBudget budget) {
        FileMetadata found;
        try {
            if (ISO.contains(type)) {
                found = Mp4Duration.read(bytes, budget);
            } else if (EBML.contains(type)) {
                found = MatroskaDuration.read(bytes, budget);
            } else if (OGG.contains(type)) {
                found = FileMetadata.playing(0, 0, AudioDuration.ogg(bytes));
            } else if (isFlac(type)) {
                found = FileMetadata.playing(0, 0, AudioDuration.flac(bytes));
            } else if (isMpeg(type)) {
                found = FileMetadata.playing(0, 0, AudioDuration.mpeg(bytes));
            } else {
                found = FileMetadata.playing(0, 0, AudioDuration.wave(bytes, budget));
            }
        } catch (IndexOutOfBoundsException | ArithmeticException cutOff) {
            throw new UnprocessableFileException("its length cannot be read", cutOff);
        }
        if (found.durationMillis() < 0 || found.durationMillis() > MAX_MILLIS) {
            throw new UnprocessableFileException("its length makes no sense");
        }
        return found;
    }

    private static boolean isMpeg(String type) {
        return type.equals("audio/mpeg") || type.equals("audio/mp3");
    }

    private static boolean isFlac(String type) {
        return type.equals("audio/flac") || type.equals("audio/x-flac");
    }
}
