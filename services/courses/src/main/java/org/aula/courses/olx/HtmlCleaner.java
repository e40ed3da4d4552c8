package org.aula.courses.olx;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aula.courses.html.HtmlPolicy;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/// Makes an author's HTML fit for our pages: addresses are resolved, frames become pieces of their own, and
/// what is left goes through [HtmlPolicy]. What is removed is listed with its count.
final class HtmlCleaner {
    private static final Pattern YOUTUBE_FRAME =
            Pattern.compile("^https://(?:www\\.)?youtube(?:-nocookie)?\\.com/embed/([A-Za-z0-9_-]{11})(?:[?#].*)?$");
    private static final int MAX_DEPTH = 200;
    private static final String SHOWN = "img, audio, video, hr";
    private static final Set<String> LOOKS = Set.of("style", "link", "meta", "base", "title");

    /// Foreign or hidden content whose text makes no sense without its element.
    private static final String DROPPED_WITH_CONTENT = "svg, math, template, noscript, select, textarea, canvas, head";

    /// A part of a cleaned document.
    sealed interface Piece {
        record Markup(String html) implements Piece {}

        record Frame(String url, String title) implements Piece {}

        record YouTube(String id, String title) implements Piece {}
    }

    private final LinkResolver links;
    private final SkipList skipped;
    private final Limits limits;

    HtmlCleaner(LinkResolver links, SkipList skipped, Limits limits) {
        this.links = links;
        this.skipped = skipped;
        this.limits = limits;
    }

    /// The pieces in order; none if nothing is left to show.
    ///
    /// @param file the file that holds the HTML
    /// @param label the component
    List<Piece> clean(String html, String file, String label) {
        if (html.chars().filter(character -> character == '<').count() > limits.maxHtmlTags()) {
            skipped.add(file, label, SkipReason.TOO_COMPLEX);
            return List.of();
        }
        Document document = Jsoup.parseBodyFragment(html);
        if (isTooDeep(document.body())) {
            skipped.add(file, label, SkipReason.TOO_COMPLEX);
            return List.of();
        }
        List<Piece> pieces = new Cleaning(document, file).pieces();
        if (pieces.isEmpty()) {
            skipped.add(file, label, SkipReason.EMPTY);
        }
        return pieces;
    }

    private final class Cleaning implements HtmlPolicy.Removed {
        private final String file;
        private final Element body;
        /// Frames by the top-level node after which they are shown.
        private final IdentityHashMap<Node, List<Piece>> frames = new IdentityHashMap<>();

        Cleaning(Document document, String file) {
            this.file = file;
            document.outputSettings().prettyPrint(false);
            body = document.body();
        }

        List<Piece> pieces() {
            removeScripts();
            removeLooks();
            takeFrames();
            replaceObjects();
            resolveAddresses();
            var pieces = new ArrayList<Piece>();
            var markup = new StringBuilder();
            for (Node node : body.childNodes()) {
                markup.append(node.outerHtml());
                List<Piece> following = frames.getOrDefault(node, List.of());
                if (!following.isEmpty()) {
                    addMarkup(markup, pieces);
                    pieces.addAll(following);
                }
            }
            addMarkup(markup, pieces);
            return pieces;
        }

        private void addMarkup(StringBuilder markup, List<Piece> pieces) {
            String clean = HtmlPolicy.sanitize(markup.toString(), this).strip();
            markup.setLength(0);
            Element shown = Jsoup.parseBodyFragment(clean).body();
            if (shown.hasText() || shown.selectFirst(SHOWN) != null) {
                pieces.add(new Piece.Markup(clean));
            }
        }

        private void removeScripts() {
            skipped.add(
                    file,
                    "script",
                    SkipReason.SCRIPT_REMOVED,
                    body.select("script").remove().size());
            for (Element element : body.getAllElements()) {
                for (Attribute attribute : element.attributes().asList()) {
                    if (attribute.getKey().startsWith("on")) {
                        element.removeAttr(attribute.getKey());
                        skipped.add(file, attribute.getKey(), SkipReason.EVENT_HANDLER_REMOVED);
                    }
                }
            }
        }

        private void removeLooks() {
            for (String tag : LOOKS) {
                skipped.add(
                        file,
                        tag,
                        SkipReason.STYLE_REMOVED,
                        body.select(tag).remove().size());
            }
            for (Element element : body.select(DROPPED_WITH_CONTENT)) {
                skipped.add(file, element.normalName(), SkipReason.ELEMENT_REMOVED);
                element.remove();
            }
        }

        private void takeFrames() {
            for (Element frame : body.select("iframe, frame")) {
                String address = frame.attr("src").strip();
                String https = address.startsWith("//") ? "https:" + address : address;
                Matcher youtube = YOUTUBE_FRAME.matcher(https);
                if (youtube.find()) {
                    place(frame, new Piece.YouTube(youtube.group(1), frame.attr("title")));
                } else if (isHttps(https)) {
                    place(frame, new Piece.Frame(https, frame.attr("title")));
                } else {
                    skipped.add(file, "iframe: " + address, SkipReason.FRAME_REMOVED);
                }
                frame.remove();
            }
        }

        private void place(Element frame, Piece piece) {
            // parents() ends with body and html.
            List<Element> parents = frame.parents();
            Node anchor = new TextNode(" ");
            if (parents.size() > 2) {
                anchor = parents.get(parents.size() - 3);
            } else {
                frame.before(anchor);
            }
            frames.computeIfAbsent(anchor, added -> new ArrayList<>()).add(piece);
        }

        /// A document shown by a plug-in becomes a link to it.
        private void replaceObjects() {
            for (Element object : body.select("object, embed")) {
                String address = object.hasAttr("data") ? object.attr("data") : object.attr("src");
                Optional<String> media = links.resolve(address, LinkResolver.Use.LINK, file, object.normalName());
                if (media.isPresent()) {
                    String title = object.attr("title");
                    Element link = new Element("a").attr("href", address);
                    link.text(title.isBlank() ? address.substring(address.lastIndexOf('/') + 1) : title);
                    object.before(new Element("p").appendChild(link));
                }
                skipped.add(file, object.normalName(), SkipReason.ELEMENT_REMOVED);
                object.remove();
            }
        }

        private void resolveAddresses() {
            for (Element element : body.select("[href], [src], [poster]")) {
                for (String key : List.of("href", "src", "poster")) {
                    if (element.hasAttr(key)) {
                        resolve(element, key);
                    }
                }
            }
            for (Element image : body.select("img:not([src])")) {
                image.replaceWith(new TextNode(image.attr("alt")));
            }
        }

        private void resolve(Element element, String key) {
            LinkResolver.Use use = key.equals("href") ? LinkResolver.Use.LINK : LinkResolver.Use.RESOURCE;
            Optional<String> address = links.resolve(element.attr(key), use, file, element.normalName());
            if (address.isPresent()) {
                element.attr(key, address.get());
            } else {
                element.removeAttr(key);
            }
        }

        @Override
        public void element(String name) {
            if (!HtmlPolicy.MEANINGLESS_WHEN_BARE.contains(name)) {
                skipped.add(file, name, SkipReason.ELEMENT_REMOVED);
            }
        }

        @Override
        public void attributes(String element, List<String> names) {
            names.forEach(name -> skipped.add(file, "@" + name, SkipReason.ATTRIBUTE_REMOVED));
        }
    }

    /// The sanitizer loses text below 256 elements without a word.
    private static boolean isTooDeep(Element body) {
        var deepest = new AtomicInteger();
        body.traverse((node, depth) -> deepest.accumulateAndGet(depth, Math::max));
        return deepest.get() > MAX_DEPTH;
    }

    private static boolean isHttps(String address) {
        try {
            URI uri = new URI(address.replace(" ", "%20"));
            return "https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null && uri.getUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
