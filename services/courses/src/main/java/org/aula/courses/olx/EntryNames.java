package org.aula.courses.olx;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Locale;

/// Rules for the names of archive entries.
final class EntryNames {
    private static final int MAX_NAME_BYTES = 1024;
    private static final int MAX_SEGMENTS = 32;
    private static final int MAX_PRINTED = 200;

    private EntryNames() {}

    /// The name without `./`, doubled and trailing slashes; empty for the top folder itself.
    ///
    /// @throws UnsafeArchiveException with UNSAFE_NAME
    static String checked(String name) {
        boolean unsafe = name.startsWith("/")
                || name.indexOf('\\') >= 0
                || name.matches("(?s)^[A-Za-z]:.*")
                || name.chars().anyMatch(Character::isISOControl)
                || name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES;
        var segments = new ArrayList<String>();
        for (String segment : name.split("/", -1)) {
            if (segment.equals("..")) {
                unsafe = true;
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        if (unsafe || segments.size() > MAX_SEGMENTS) {
            throw new UnsafeArchiveException(RefusalReason.UNSAFE_NAME, name);
        }
        return String.join("/", segments);
    }

    /// Fit for logs and error messages.
    static String printable(String name) {
        String shortened = name.length() > MAX_PRINTED ? name.substring(0, MAX_PRINTED) + "…" : name;
        return shortened.replaceAll("\\p{Cntrl}", "\uFFFD");
    }

    /// Whether the content of the file is going to be parsed and held in memory.
    static boolean isText(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean isStatic = lower.startsWith("static/") || lower.contains("/static/");
        return !isStatic
                && (lower.endsWith(".xml")
                        || lower.endsWith(".html")
                        || lower.endsWith(".htm")
                        || lower.endsWith(".json"));
    }
}
