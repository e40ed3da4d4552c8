package org.aula.courses.olx;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads a `problem` component: each of its responses becomes a question. Nothing of it is ever run; a
/// problem whose answers a script works out is listed.
final class ProblemReader {
    private static final int MAX_POINTS = 1_000;

    /// Characters of markup, before any of it is removed: several responses may have the same text.
    private static final int MAX_TEXT = 64 * 1024;

    private final HtmlCleaner cleaner;
    private final SkipList skipped;

    ProblemReader(HtmlCleaner cleaner, SkipList skipped) {
        this.cleaner = cleaner;
        this.skipped = skipped;
    }

    /// The questions in order; none when nothing of it can be imported, which is then listed.
    List<ImportedQuestion> read(Outline.Component component) {
        XmlNode.Element problem = component.element();
        if (isScripted(problem)) {
            skip(component, SkipReason.PROBLEM_SCRIPTED);
            return List.of();
        }
        List<ProblemParts.Part> parts = ProblemParts.of(problem);
        if (parts.isEmpty()) {
            boolean markdown =
                    problem.isEmpty() && problem.attribute("markdown").isPresent();
            skip(component, markdown ? SkipReason.PROBLEM_MARKDOWN : SkipReason.PROBLEM_WITHOUT_RESPONSE);
            return List.of();
        }
        if (parts.size() > ProblemParts.MAX_PARTS) {
            skip(component, SkipReason.TOO_COMPLEX);
            return List.of();
        }
        int points = points(component, parts.size());
        var questions = new ArrayList<ImportedQuestion>();
        for (ProblemParts.Part part : parts) {
            question(component, part, points).ifPresent(questions::add);
        }
        return questions;
    }

    private static boolean isScripted(XmlNode.Element problem) {
        return ProblemParts.descendants(problem)
                .filter(element -> element.name().equals("script") && !element.isEmpty())
                .map(script -> script.attribute("type").orElse("").toLowerCase(Locale.ROOT))
                .anyMatch(type -> type.contains("loncapa") || type.contains("python") || type.contains("perl"));
    }

    private Optional<ImportedQuestion> question(Outline.Component component, ProblemParts.Part part, int points) {
        String label = component.label() + ": " + part.response().name();
        if (XmlMarkup.of(part.text()).length() > MAX_TEXT) {
            skipped.add(component.file(), label, SkipReason.TOO_COMPLEX);
            return Optional.empty();
        }
        var responses = new ResponseReader(nodes -> html(nodes, component), reason -> {
            skipped.add(component.file(), label, reason);
            return Optional.empty();
        });
        return responses.read(part.response()).map(answer -> {
            skipped.add(
                    component.file(),
                    label,
                    SkipReason.HINT_DROPPED,
                    ResponseReader.hintsWithoutPlace(part.response()));
            return new ImportedQuestion(
                    component.id(), asked(component, part), answer, points, explanation(component, part));
        });
    }

    /// Where a problem asks nothing itself, its input's label or its own name does.
    private String asked(Outline.Component component, ProblemParts.Part part) {
        String text = html(part.text(), component);
        if (!text.isEmpty()) {
            return text;
        }
        String name = ProblemParts.descendants(part.response())
                .flatMap(input -> input.attribute("label").stream())
                .findFirst()
                .orElse(component.title().isEmpty() ? component.id() : component.title());
        return html(List.of(new XmlNode.Text(name)), component);
    }

    private String explanation(Outline.Component component, ProblemParts.Part part) {
        var items = new ArrayList<XmlNode>();
        part.hints().forEach(hint -> items.add(new XmlNode.Element("li", Map.of(), hint)));
        var nodes = new ArrayList<>(part.explanation());
        if (!items.isEmpty()) {
            nodes.add(new XmlNode.Element("ul", Map.of(), items));
        }
        return html(nodes, component);
    }

    /// A question is one text: it has no place for frames and videos.
    private String html(List<XmlNode> nodes, Outline.Component component) {
        String written = XmlMarkup.of(nodes);
        if (written.isBlank()) {
            return "";
        }
        var markup = new StringBuilder();
        for (HtmlCleaner.Piece piece : cleaner.clean(written, component.file(), component.label())) {
            switch (piece) {
                case HtmlCleaner.Piece.Markup(String clean) -> markup.append(clean);
                case HtmlCleaner.Piece.Frame(String url, String title) ->
                    skipped.add(component.file(), "iframe: " + url, SkipReason.MISPLACED);
                case HtmlCleaner.Piece.YouTube(String id, String title) ->
                    skipped.add(component.file(), "iframe: YouTube " + id, SkipReason.MISPLACED);
            }
        }
        return markup.toString();
    }

    /// For each of so many responses. A problem is worth 1 for each unless its weight says otherwise.
    private int points(Outline.Component component, int responses) {
        Optional<String> weight = component.element().attribute("weight").filter(text -> !text.equals("null"));
        if (weight.isEmpty()) {
            return 1;
        }
        double wanted = number(weight.get());
        long each = Math.clamp(Math.round(wanted / responses), 1, MAX_POINTS);
        if (each * responses != wanted) {
            skip(component, SkipReason.WEIGHT_ROUNDED);
        }
        return (int) each;
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException none) {
            return 0;
        }
    }

    private void skip(Outline.Component component, SkipReason reason) {
        skipped.add(component.file(), component.label(), reason);
    }
}
