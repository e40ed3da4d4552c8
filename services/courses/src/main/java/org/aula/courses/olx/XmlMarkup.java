package org.aula.courses.olx;

import java.util.List;
import java.util.Set;

/// Writes XML as HTML.
final class XmlMarkup {
    private static final Set<String> VOID_ELEMENTS = Set.of(
            "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr");

    private XmlMarkup() {}

    /// Open edX takes the text in front of the first child element as markup (that is how CDATA is used
    /// there), everything after it as text.
    static String inside(XmlNode.Element element) {
        var html = new StringBuilder();
        boolean leading = true;
        for (XmlNode child : element.children()) {
            switch (child) {
                case XmlNode.Text(String value) -> html.append(leading ? value : escape(value));
                case XmlNode.Element inner -> {
                    leading = false;
                    append(html, inner);
                }
            }
        }
        return html.toString();
    }

    /// Writes nodes as HTML, each text as text.
    static String of(List<XmlNode> nodes) {
        var html = new StringBuilder();
        for (XmlNode node : nodes) {
            switch (node) {
                case XmlNode.Text(String value) -> html.append(escape(value));
                case XmlNode.Element element -> append(html, element);
            }
        }
        return html.toString();
    }

    private static void append(StringBuilder html, XmlNode.Element element) {
        html.append('<').append(element.name());
        element.attributes()
                .forEach((name, value) -> html.append(' ')
                        .append(name)
                        .append("=\"")
                        .append(escape(value))
                        .append('"'));
        html.append('>');
        for (XmlNode child : element.children()) {
            switch (child) {
                case XmlNode.Text(String value) -> html.append(escape(value));
                case XmlNode.Element inner -> append(html, inner);
            }
        }
        if (!VOID_ELEMENTS.contains(element.name())) {
            html.append("</").append(element.name()).append('>');
        }
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
