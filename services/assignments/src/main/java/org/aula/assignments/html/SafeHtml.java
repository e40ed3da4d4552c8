package org.aula.assignments.html;

import java.util.regex.Pattern;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/// What HTML of questions, options and instructions may contain: text, lists, tables, code, and pictures
/// and recordings that are content assets (`aula-asset:<asset id>`) or lie at an address of the web.
/// Everything else is taken away.
public final class SafeHtml {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}%?");
    private static final Pattern LANGUAGE_CLASS = Pattern.compile("(?:language|lang)-[A-Za-z0-9+#-]{1,30}");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9-]{1,30}");

    private static final PolicyFactory POLICY = new HtmlPolicyBuilder()
            .allowElements(
                    "p",
                    "div",
                    "span",
                    "br",
                    "hr",
                    "h1",
                    "h2",
                    "h3",
                    "h4",
                    "h5",
                    "h6",
                    "blockquote",
                    "pre",
                    "code",
                    "kbd",
                    "samp",
                    "var",
                    "em",
                    "strong",
                    "b",
                    "i",
                    "u",
                    "s",
                    "del",
                    "ins",
                    "mark",
                    "small",
                    "sub",
                    "sup",
                    "q",
                    "cite",
                    "abbr",
                    "ul",
                    "ol",
                    "li",
                    "dl",
                    "dt",
                    "dd",
                    "a",
                    "img",
                    "figure",
                    "figcaption",
                    "table",
                    "caption",
                    "thead",
                    "tbody",
                    "tfoot",
                    "tr",
                    "th",
                    "td",
                    "audio",
                    "video")
            .allowWithoutAttributes("span")
            .allowUrlProtocols("http", "https", "aula-asset")
            .allowAttributes("href")
            .onElements("a")
            .allowAttributes("src")
            .onElements("img", "audio", "video")
            .allowAttributes("alt")
            .onElements("img")
            .allowAttributes("title")
            .globally()
            .allowAttributes("lang", "dir")
            .matching(WORD)
            .globally()
            .allowAttributes("width", "height")
            .matching(NUMBER)
            .onElements("img", "video")
            .allowAttributes("colspan", "rowspan")
            .matching(NUMBER)
            .onElements("td", "th")
            .allowAttributes("class")
            .matching(LANGUAGE_CLASS)
            .onElements("code", "pre")
            .allowAttributes("controls")
            .onElements("audio", "video")
            .requireRelsOnLinks("noopener", "noreferrer")
            .toFactory();

    private SafeHtml() {}

    /// What is safe of some HTML.
    public static String of(String html) {
        return POLICY.sanitize(html);
    }
}
