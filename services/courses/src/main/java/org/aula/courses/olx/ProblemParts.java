package org.aula.courses.olx;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Takes a problem apart: each response with the text that belongs to it. What stands in front of a
/// response is asked by it; a response inside of a table or a paragraph is asked by all of that, with a
/// blank where it stands.
final class ProblemParts {

    /// Inputs, keys and hints, which are no text.
    private static final Set<String> NO_TEXT = Set.of(
            "choicegroup",
            "checkboxgroup",
            "radiogroup",
            "optioninput",
            "textline",
            "formulaequationinput",
            "responseparam",
            "additional_answer",
            "correcthint",
            "stringequalhint",
            "regexphint",
            "compoundhint",
            "startouttext",
            "endouttext",
            "solution",
            "demandhint");

    private static final Set<String> PARAGRAPHS = Set.of("label", "description");
    /// Responses of a problem that are taken apart; one more tells that there are too many.
    static final int MAX_PARTS = 100;

    private static final String ONLY_BLANK = "____";

    /// A response with its text.
    ///
    /// @param text what is asked, as HTML elements
    /// @param explanation solutions, as HTML elements
    /// @param hints each the inside of one
    record Part(XmlNode.Element response, List<XmlNode> text, List<XmlNode> explanation, List<List<XmlNode>> hints) {
        private static Part of(XmlNode.Element response, List<XmlNode> before) {
            var part = new Part(response, new ArrayList<>(before), new ArrayList<>(), new ArrayList<>());
            part.text.addAll(withoutInputs(response.children()));
            descendants(response).forEach(part::explain);
            return part;
        }

        private void explain(XmlNode.Element element) {
            switch (element.name()) {
                case "solution" -> explanation.addAll(withoutInputs(element.children()));
                case "hint" -> hints.add(withoutInputs(element.children()));
                default -> {
                    // Everything else is text or an input.
                }
            }
        }
    }

    private final List<Part> parts = new ArrayList<>();
    private final List<XmlNode> waiting = new ArrayList<>();
    private final List<XmlNode.Element> explanations = new ArrayList<>();

    private ProblemParts() {}

    /// The responses of a problem in order, those included that cannot be imported.
    static List<Part> of(XmlNode.Element problem) {
        var reading = new ProblemParts();
        problem.children().forEach(reading::read);
        reading.end();
        return reading.parts;
    }

    static boolean isResponse(XmlNode.Element element) {
        return element.name().endsWith("response");
    }

    /// All elements below one, in the order of the file.
    static Stream<XmlNode.Element> descendants(XmlNode.Element element) {
        return element.elements().flatMap(child -> Stream.concat(Stream.of(child), descendants(child)));
    }

    private void read(XmlNode child) {
        if (parts.size() > MAX_PARTS) {
            return;
        }
        switch (child) {
            case XmlNode.Text text -> waiting.add(text);
            case XmlNode.Element element
            when isResponse(element) -> {
                parts.add(Part.of(element, waiting));
                waiting.clear();
            }
            case XmlNode.Element element
            when element.name().equals("solution") || element.name().equals("demandhint") -> explain(element);
            case XmlNode.Element element
            when descendants(element).anyMatch(ProblemParts::isResponse) -> readAround(element);
            case XmlNode.Element element -> waiting.addAll(withoutInputs(List.of(element)));
        }
    }

    /// An element that has responses inside.
    private void readAround(XmlNode.Element element) {
        var responses = descendants(element)
                .filter(ProblemParts::isResponse)
                .limit(MAX_PARTS + 1)
                .toList();
        var first = parts.size() + 1;
        var blanks = IntStream.range(first, first + responses.size())
                .mapToObj(number -> responses.size() == 1 ? ONLY_BLANK : "[" + number + "]")
                .toList();
        waiting.addAll(withoutInputs(List.of(withBlanks(element, blanks.iterator()))));
        // One node for all: a table of many responses is not copied for each.
        var around = List.<XmlNode>of(element("div", List.copyOf(waiting)));
        for (var index = 0; index < responses.size(); index++) {
            var part = Part.of(responses.get(index), around);
            if (responses.size() > 1) {
                part.text.add(element("p", List.of(new XmlNode.Text(blanks.get(index)))));
            }
            parts.add(part);
        }
        waiting.clear();
    }

    private void explain(XmlNode.Element element) {
        if (parts.isEmpty()) {
            explanations.add(element);
        } else {
            addTo(parts.getLast(), element);
        }
    }

    /// What stands in front of the first response or behind the last one belongs to it.
    private void end() {
        if (parts.isEmpty()) {
            return;
        }
        explanations.forEach(element -> addTo(parts.getFirst(), element));
        parts.getLast().text.addAll(waiting);
    }

    private static void addTo(Part part, XmlNode.Element element) {
        part.explain(element);
        descendants(element).forEach(part::explain);
    }

    private static XmlNode.Element withBlanks(XmlNode.Element element, Iterator<String> blanks) {
        var children = new ArrayList<XmlNode>();
        for (XmlNode child : element.children()) {
            switch (child) {
                case XmlNode.Text text -> children.add(text);
                case XmlNode.Element inner
                when isResponse(inner) ->
                    children.add(
                            element("b", List.of(new XmlNode.Text(blanks.hasNext() ? blanks.next() : ONLY_BLANK))));
                case XmlNode.Element inner -> children.add(withBlanks(inner, blanks));
            }
        }
        return new XmlNode.Element(element.name(), element.attributes(), children);
    }

    private static List<XmlNode> withoutInputs(List<XmlNode> nodes) {
        var texts = new ArrayList<XmlNode>();
        for (XmlNode node : nodes) {
            switch (node) {
                case XmlNode.Text text -> texts.add(text);
                case XmlNode.Element element when NO_TEXT.contains(element.name()) -> {}
                case XmlNode.Element element
                when element.name().equals("clarification") ->
                    texts.add(element("i", around(" (", withoutInputs(element.children()), ")")));
                case XmlNode.Element element
                when PARAGRAPHS.contains(element.name()) -> texts.add(element("p", withoutInputs(element.children())));
                case XmlNode.Element element ->
                    texts.add(new XmlNode.Element(
                            element.name(), element.attributes(), withoutInputs(element.children())));
            }
        }
        return texts;
    }

    private static List<XmlNode> around(String before, List<XmlNode> nodes, String after) {
        return Stream.of(
                        Stream.<XmlNode>of(new XmlNode.Text(before)),
                        nodes.stream(),
                        Stream.<XmlNode>of(new XmlNode.Text(after)))
                .flatMap(stream -> stream)
                .toList();
    }

    private static XmlNode.Element element(String name, List<XmlNode> children) {
        return new XmlNode.Element(name, Map.of(), children);
    }
}
