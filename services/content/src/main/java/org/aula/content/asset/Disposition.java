package org.aula.content.asset;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// Whether a browser shows a file or saves it. What could run scripts in the object store's origin is only
/// ever saved.
final class Disposition {

    private static final Set<String> SHOWN_FAMILIES = Set.of("image", "video", "audio", "font");
    private static final Set<String> SHOWN = Set.of("application/pdf", "text/plain", "text/vtt", "text/csv");
    private static final Set<String> SAVED = Set.of("image/svg+xml");

    private Disposition() {}

    /// The value of Content-Disposition (RFC 6266) for a file.
    static String of(String mediaType, String fileName) {
        return (isShown(mediaType) ? "inline" : "attachment") + "; filename*=UTF-8''" + encode(fileName);
    }

    private static boolean isShown(String mediaType) {
        var family = mediaType.substring(0, mediaType.indexOf('/'));
        return !SAVED.contains(mediaType) && (SHOWN_FAMILIES.contains(family) || SHOWN.contains(mediaType));
    }

    /// RFC 8187 wants percent encoding; form encoding differs from it in the space and the asterisk.
    private static String encode(String fileName) {
        return URLEncoder.encode(fileName, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
    }
}
