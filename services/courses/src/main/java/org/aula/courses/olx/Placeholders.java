package org.aula.courses.olx;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Addresses that imported content uses for what only gets an address when it is stored:
///
/// - `aula-media:<archive path>` a [MediaFile],
/// - `aula-lesson:<lesson id>/<page id>` a page, by the `sourceId`s of its lesson and itself,
///
/// each part percent-encoded. No author can make them: any such address in the source is removed.
public final class Placeholders {
    private static final String MEDIA = "aula-media:";
    private static final String LESSON = "aula-lesson:";
    private static final Pattern IN_ATTRIBUTE = Pattern.compile("(src|href|poster)=\"(aula-(?:media|lesson):[^\"]*)\"");

    private Placeholders() {}

    /// The placeholder of a file.
    public static String media(String archivePath) {
        return MEDIA + encode(archivePath);
    }

    /// The placeholder of a page.
    public static String lesson(String lessonId, String pageId) {
        return LESSON + encode(lessonId) + "/" + encode(pageId);
    }

    public static boolean isMedia(String address) {
        return address.startsWith(MEDIA);
    }

    /// The file behind a placeholder that [#isMedia] accepts.
    public static String archivePath(String mediaPlaceholder) {
        return decode(mediaPlaceholder.substring(MEDIA.length()));
    }

    public static boolean isLesson(String address) {
        return address.startsWith(LESSON);
    }

    /// The lesson behind a placeholder that [#isLesson] accepts, by its `sourceId`.
    public static String lessonId(String lessonPlaceholder) {
        return decode(lessonPlaceholder.substring(LESSON.length(), lessonPlaceholder.indexOf('/')));
    }

    /// The page behind a placeholder that [#isLesson] accepts, by its `sourceId`.
    public static String pageId(String lessonPlaceholder) {
        return decode(lessonPlaceholder.substring(lessonPlaceholder.indexOf('/') + 1));
    }

    /// Replaces every placeholder in sanitised HTML. Text that merely looks like one is left alone.
    ///
    /// @param address gives the address to use for a placeholder
    public static String rewrite(String html, UnaryOperator<String> address) {
        return IN_ATTRIBUTE
                .matcher(html)
                .replaceAll(match -> Matcher.quoteReplacement(
                        match.group(1) + "=\"" + escape(address.apply(match.group(2))) + "\""));
    }

    private static String encode(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
    }

    private static String decode(String part) {
        return URLDecoder.decode(part, StandardCharsets.UTF_8);
    }

    private static String escape(String address) {
        return address.replace("&", "&amp;")
                .replace("\"", "&quot;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }
}
