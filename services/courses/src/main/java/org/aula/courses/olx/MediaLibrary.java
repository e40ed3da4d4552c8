package org.aula.courses.olx;

import java.net.URLConnection;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The files of `static/` and the ways in which courses write their addresses.
final class MediaLibrary {
    /// The name is what follows; `#` and `?` end it.
    private static final Pattern STATIC_ADDRESS =
            Pattern.compile("^(?:\\.?/)?static/([^?#]+)", Pattern.CASE_INSENSITIVE);

    private static final Pattern ASSET_ADDRESS =
            Pattern.compile("^(?:https?://[^/]+)?/?asset-v1:[^@]+[+]type@asset[+]block(?:@|/)([^?#]+)");
    private static final Pattern OLD_ASSET_ADDRESS =
            Pattern.compile("^(?:https?://[^/]+)?/?c4x/[^/]+/[^/]+/asset/([^?#]+)");

    /// Open edX replaces these by underscores when it makes the address of a file.
    private static final Pattern REPLACED = Pattern.compile("[^\\w.~-]", Pattern.UNICODE_CHARACTER_CLASS);

    /// Would run in the browser under our address if someone opened it.
    private static final Set<String> ACTIVE = Set.of("html", "htm", "xhtml", "xml", "js", "mjs", "css", "swf", "jar");

    private static final Map<String, String> CONTENT_TYPES = Map.ofEntries(
            Map.entry("srt", "application/x-subrip"),
            Map.entry("sjson", "application/json"),
            Map.entry("vtt", "text/vtt"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("webp", "image/webp"),
            Map.entry("avif", "image/avif"),
            Map.entry("mp4", "video/mp4"),
            Map.entry("webm", "video/webm"),
            Map.entry("mp3", "audio/mpeg"),
            Map.entry("m4a", "audio/mp4"),
            Map.entry("ogg", "audio/ogg"),
            Map.entry("csv", "text/csv"));

    /// What an address turned out to be.
    sealed interface Found {
        /// The file is imported under this address.
        record Media(String placeholder) implements Found {}

        /// There is such a file, but it must not be imported.
        record Active() implements Found {}

        /// The address means a file of the course that the archive does not hold.
        record Missing() implements Found {}

        /// The address means something else.
        record NotMedia() implements Found {}
    }

    private final CourseFiles files;
    private final SkipList skipped;
    private final Map<String, ArchiveFile> byName = new HashMap<>();
    private final Map<String, ArchiveFile> byAddress = new HashMap<>();
    private final LinkedHashMap<String, MediaFile> used = new LinkedHashMap<>();

    MediaLibrary(CourseFiles files, SkipList skipped) {
        this.files = files;
        this.skipped = skipped;
        int prefix = (files.root() + "static/").length();
        for (ArchiveFile file : files.below("static/")) {
            String name = file.name().substring(prefix);
            byName.put(name, file);
            byAddress.putIfAbsent(address(name), file);
        }
    }

    /// Looks an address up and marks the file as used.
    Found find(String address) {
        boolean remote = address.startsWith("http");
        Optional<String> name = List.of(STATIC_ADDRESS, ASSET_ADDRESS, OLD_ASSET_ADDRESS).stream()
                .map(pattern -> pattern.matcher(address))
                .filter(Matcher::find)
                .map(match -> match.group(1))
                .findFirst();
        if (name.isEmpty()) {
            return new Found.NotMedia();
        }
        Found found = findName(name.get());
        return remote && found instanceof Found.Missing ? new Found.NotMedia() : found;
    }

    /// The same for a bare file name.
    Found findName(String name) {
        ArchiveFile file = lookUp(name);
        if (file == null) {
            return new Found.Missing();
        }
        if (ACTIVE.contains(ending(file.name()))) {
            return new Found.Active();
        }
        files.account(file.name());
        return new Found.Media(
                used.computeIfAbsent(file.name(), added -> mediaFile(file)).placeholder());
    }

    /// The placeholder of what `address` or, if that is none, the file name means; lists what cannot be
    /// used.
    Optional<String> placeholder(String address, String file, String label) {
        Found found = find(address);
        return switch (found instanceof Found.NotMedia ? findName(address) : found) {
            case Found.Media(String placeholder) -> Optional.of(placeholder);
            case Found.Active() -> refuse(address, file, label, SkipReason.ACTIVE_CONTENT);
            case Found.Missing(), Found.NotMedia() -> refuse(address, file, label, SkipReason.FILE_MISSING);
        };
    }

    List<MediaFile> used() {
        return new ArrayList<>(used.values());
    }

    static boolean isActive(String name) {
        return ACTIVE.contains(ending(name));
    }

    private Optional<String> refuse(String address, String file, String label, SkipReason reason) {
        skipped.add(file, label + ": " + address, reason);
        return Optional.empty();
    }

    private @Nullable ArchiveFile lookUp(String name) {
        String decoded = decode(name);
        ArchiveFile exact = byName.getOrDefault(name, byName.get(decoded));
        return exact != null ? exact : byAddress.get(address(decoded));
    }

    private static String decode(String name) {
        try {
            return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }

    private static String address(String name) {
        return REPLACED.matcher(Normalizer.normalize(name, Normalizer.Form.NFC)).replaceAll("_");
    }

    private static MediaFile mediaFile(ArchiveFile file) {
        String fileName = file.name().substring(file.name().lastIndexOf('/') + 1);
        String guessed = URLConnection.guessContentTypeFromName(fileName);
        String fallback = guessed == null ? "application/octet-stream" : guessed;
        String contentType = CONTENT_TYPES.getOrDefault(ending(fileName), fallback);
        return new MediaFile(file.name(), fileName, contentType, file.sizeBytes(), file.sha256());
    }

    private static String ending(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
