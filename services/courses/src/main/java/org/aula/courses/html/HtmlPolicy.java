package org.aula.courses.html;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.owasp.html.HtmlChangeListener;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/// What HTML of a lesson or a description may contain. It has the last word: only addresses of our own
/// schemes are put in the place of others after it.
///
/// - `aula-asset:<asset id>` is a content asset, `aula-lesson:<lesson id>/<page id>` a page;
/// - `aula-media:` is what an import calls a file until it is stored.
public final class HtmlPolicy {
    private static final Pattern ASSET = Pattern.compile("(?:src|href|poster)=\"aula-asset:([0-9a-f-]{36})\"");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}%?");
    private static final Pattern LANGUAGE_CLASS = Pattern.compile("(?:language|lang)-[A-Za-z0-9+#-]{1,30}");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9-]{1,30}");

    /// Elements whose attributes are the only reason for them to be there.
    public static final Set<String> MEANINGLESS_WHEN_BARE = Set.of("span", "font", "a");

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
                    "dfn",
                    "time",
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
                    "colgroup",
                    "col",
                    "section",
                    "article",
                    "header",
                    "footer",
                    "aside",
                    "details",
                    "summary",
                    "ruby",
                    "rt",
                    "rp",
                    "audio",
                    "video",
                    "source",
                    "track")
            .allowWithoutAttributes("span")
            .allowUrlProtocols("http", "https", "mailto", "tel", "aula-asset", "aula-lesson", "aula-media")
            .allowAttributes("href")
            .onElements("a")
            .allowAttributes("src")
            .onElements("img", "audio", "video", "source", "track")
            .allowAttributes("poster")
            .onElements("video")
            .allowAttributes("alt")
            .onElements("img")
            .allowAttributes("title")
            .globally()
            .allowAttributes("lang", "dir")
            .matching(WORD)
            .globally()
            .allowAttributes("width", "height")
            .matching(NUMBER)
            .onElements("img", "video", "table", "td", "th", "col")
            .allowAttributes("colspan", "rowspan", "span")
            .matching(NUMBER)
            .onElements("td", "th", "col", "colgroup")
            .allowAttributes("scope", "headers")
            .matching(WORD)
            .onElements("th", "td")
            .allowAttributes("start", "reversed", "type")
            .matching(WORD)
            .onElements("ol", "li")
            .allowAttributes("class")
            .matching(LANGUAGE_CLASS)
            .onElements("code", "pre")
            .allowAttributes("controls", "loop", "muted")
            .onElements("audio", "video")
            .allowAttributes("kind", "srclang", "label")
            .onElements("track")
            .allowAttributes("open")
            .onElements("details")
            .allowAttributes("datetime")
            .onElements("time")
            .requireRelsOnLinks("noopener", "noreferrer")
            .toFactory();

    private HtmlPolicy() {}

    /// Told about everything that the policy takes away.
    public interface Removed {
        void element(String name);

        void attributes(String element, List<String> names);
    }

    /// What is safe of some HTML.
    public static String sanitize(String html) {
        return POLICY.sanitize(html);
    }

    /// The content assets that sanitised HTML names, each once, in order.
    public static Set<UUID> assetIds(String sanitised) {
        return ASSET.matcher(sanitised)
                .results()
                .map(match -> UUID.fromString(match.group(1)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// What is safe of some HTML, telling what is not.
    public static String sanitize(String html, Removed removed) {
        return POLICY.sanitize(
                html,
                new HtmlChangeListener<>() {
                    @Override
                    public void discardedTag(@Nullable Removed context, String elementName) {
                        removed.element(elementName);
                    }

                    @Override
                    public void discardedAttributes(
                            @Nullable Removed context, String tagName, String... attributeNames) {
                        removed.attributes(tagName, List.of(attributeNames));
                    }
                },
                removed);
    }
}
