package org.aula.content.file;

import java.util.Set;

/// How long sound and films play. The readers are our own because those that exist make room for whatever
/// size a file claims; these read a few kilobytes and believe nothing that does not fit into the file.
final class PlayTime {

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

    private PlayTime() {}

    /// Whether files of this type can be read.
    static boolean knows(String type) {
        return ISO.contains(type)
                || EBML.contains(type)
                || OGG.contains(type)
                || WAVE.contains(type)
                || isMpeg(type)
                || isFlac(type);
    }

    static Findings read(FileBytes bytes, String type, WorkBudget budget) {
        Findings found;
        try {
            if (ISO.contains(type)) {
                found = Mp4Length.read(bytes, budget);
            } else if (EBML.contains(type)) {
                found = MatroskaLength.read(bytes, budget);
            } else if (OGG.contains(type)) {
                found = Findings.playing(0, 0, SoundLength.ogg(bytes));
            } else if (isFlac(type)) {
                found = Findings.playing(0, 0, SoundLength.flac(bytes));
            } else if (isMpeg(type)) {
                found = Findings.playing(0, 0, SoundLength.mpeg(bytes));
            } else {
                found = Findings.playing(0, 0, SoundLength.wave(bytes, budget));
            }
        } catch (IndexOutOfBoundsException | ArithmeticException cutOff) {
            throw new UnworkableFileException("its length cannot be read", cutOff);
        }
        if (found.durationMillis() < 0 || found.durationMillis() > MAX_MILLIS) {
            throw new UnworkableFileException("its length makes no sense");
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
