package org.aula.notifications.email;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/// Who reads an email.
///
/// @param name to greet with; empty when it is not known or is none that an email should repeat
/// @param language BCP 47 tag
/// @param zone in which times are told
public record Reader(String name, String language, ZoneId zone) {

    /// Somebody of whom nothing is known.
    public static final Reader UNKNOWN = new Reader("", "en", ZoneOffset.UTC);

    // Anybody can register with another's address, so a name must not carry a message or a link into their emails.
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{M}\\p{N}'’. \\-]{1,60}");
    private static final Pattern LINK = Pattern.compile("\\.\\S|\\bwww\\b", Pattern.CASE_INSENSITIVE);

    /// A reader as the person tells it; what cannot be used is left out.
    public static Reader of(String firstName, String languageCode, String timeZone) {
        var stripped = firstName.strip();
        var greetable =
                NAME.matcher(stripped).matches() && !LINK.matcher(stripped).find();
        return new Reader(
                greetable ? stripped : "", languageCode.isEmpty() ? UNKNOWN.language : languageCode, zone(timeZone));
    }

    private static ZoneId zone(String name) {
        try {
            return name.isEmpty() ? UNKNOWN.zone : ZoneId.of(name);
        } catch (DateTimeException unknown) {
            return UNKNOWN.zone;
        }
    }
}
