package org.aula.courses.olx;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aula.courses.olx.ImportedAnswer.Accepted;
import org.aula.courses.olx.ImportedAnswer.Key;
import org.aula.courses.olx.ImportedAnswer.Option;

/// Reads how a response is answered. What has no place in a question of ours is listed, and is then no
/// question.
///
/// Format: <https://docs.openedx.org/en/latest/educators/olx/problem-xml/index.html>.
final class ResponseReader {
    private static final int MAX_OPTIONS = 26;
    private static final int MAX_ANSWERS = 20;
    private static final int MAX_ANSWER = 500;
    private static final int PART = 50;
    private static final int ALL = 100;
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?[A-Za-z_]");
    private static final Pattern QUOTED = Pattern.compile("'((?:[^'\\\\]|\\\\.)*)'|\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Set<String> CHOICE_HINTS = Set.of("choicehint", "optionhint", "compoundhint");
    private static final Set<String> WRONG_HINTS = Set.of("stringequalhint", "regexphint", "compoundhint");

    /// Cleans HTML of the problem that is being read; empty when nothing is left.
    private final Function<List<XmlNode>, String> html;

    private final Function<SkipReason, Optional<ImportedAnswer>> refuse;

    /// @param refuse lists why there is no question
    ResponseReader(Function<List<XmlNode>, String> html, Function<SkipReason, Optional<ImportedAnswer>> refuse) {
        this.html = html;
        this.refuse = refuse;
    }

    Optional<ImportedAnswer> read(XmlNode.Element response) {
        return switch (response.name()) {
            case "multiplechoiceresponse" -> one(response, "choicegroup");
            case "choiceresponse" -> any(response);
            case "optionresponse" -> dropDown(response);
            case "numericalresponse" -> number(response);
            case "stringresponse" -> words(response);
            default -> refuse.apply(SkipReason.RESPONSE_NOT_SUPPORTED);
        };
    }

    private record Choice(Option option, boolean right) {}

    private Optional<ImportedAnswer> one(XmlNode.Element response, String group) {
        return input(response, Set.of(group))
                .map(found -> one(choices(found, "choice"), isShuffled(found)))
                .orElseGet(() -> refuse.apply(SkipReason.RESPONSE_WITHOUT_KEY));
    }

    private Optional<ImportedAnswer> one(List<Choice> choices, boolean shuffled) {
        if (!isFitting(choices)) {
            return refuse.apply(SkipReason.OPTIONS_OUT_OF_BOUNDS);
        }
        var right = right(choices);
        return switch (right.size()) {
            case 0 -> refuse.apply(SkipReason.RESPONSE_WITHOUT_KEY);
            case 1 -> Optional.of(new ImportedAnswer.One(options(choices), right.getFirst(), shuffled));
            default -> refuse.apply(SkipReason.SEVERAL_RIGHT);
        };
    }

    private Optional<ImportedAnswer> any(XmlNode.Element response) {
        var group = input(response, Set.of("checkboxgroup", "radiogroup"));
        if (group.isEmpty()) {
            return refuse.apply(SkipReason.RESPONSE_WITHOUT_KEY);
        }
        var choices = choices(group.get(), "choice");
        if (!isFitting(choices)) {
            return refuse.apply(SkipReason.OPTIONS_OUT_OF_BOUNDS);
        }
        var right = right(choices);
        if (right.isEmpty()) {
            return refuse.apply(SkipReason.RESPONSE_WITHOUT_KEY);
        }
        boolean eachCounts = response.attribute("partial_credit")
                .filter(credit -> credit.toUpperCase(Locale.ROOT).contains("EDC"))
                .isPresent();
        return Optional.of(new ImportedAnswer.Any(options(choices), right, eachCounts, isShuffled(group.get())));
    }

    private Optional<ImportedAnswer> dropDown(XmlNode.Element response) {
        var inputs = ProblemParts.descendants(response)
                .filter(element -> element.name().equals("optioninput"))
                .toList();
        if (inputs.size() != 1) {
            return refuse.apply(inputs.isEmpty() ? SkipReason.RESPONSE_WITHOUT_KEY : SkipReason.RESPONSE_NOT_SUPPORTED);
        }
        var input = inputs.getFirst();
        var listed = input.attribute("options");
        return one(
                listed.isPresent()
                        ? listed(listed.get(), input.attribute("correct").orElse(""))
                        : choices(input, "option"),
                isShuffled(input));
    }

    /// `('a','b')`, as old problems list the options.
    private List<Choice> listed(String options, String correct) {
        return QUOTED.matcher(options)
                .results()
                .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                .map(text -> text.replaceAll("\\\\(.)", "$1").strip())
                .map(text ->
                        new Choice(new Option(html.apply(List.of(new XmlNode.Text(text))), ""), text.equals(correct)))
                .toList();
    }

    private List<Choice> choices(XmlNode.Element group, String name) {
        return ProblemParts.descendants(group)
                .filter(element -> element.name().equals(name))
                .map(this::choice)
                .toList();
    }

    private Choice choice(XmlNode.Element choice) {
        var text = choice.children().stream()
                .filter(child -> !(child instanceof XmlNode.Element inner && CHOICE_HINTS.contains(inner.name())))
                .toList();
        var feedback = choice.elements()
                .filter(hint -> CHOICE_HINTS.contains(hint.name()))
                .filter(hint ->
                        !"false".equalsIgnoreCase(hint.attribute("selected").orElse("")))
                .findFirst()
                .map(hint -> html.apply(hint.children()))
                .orElse("");
        boolean right = "true".equalsIgnoreCase(choice.attribute("correct").orElse(""));
        return new Choice(new Option(html.apply(text), feedback), right);
    }

    private static boolean isFitting(List<Choice> choices) {
        return choices.size() >= 2
                && choices.size() <= MAX_OPTIONS
                && choices.stream().noneMatch(choice -> choice.option().html().isEmpty());
    }

    private static List<Option> options(List<Choice> choices) {
        return choices.stream().map(Choice::option).toList();
    }

    private static List<Integer> right(List<Choice> choices) {
        return IntStream.range(0, choices.size())
                .filter(index -> choices.get(index).right())
                .boxed()
                .toList();
    }

    private static boolean isShuffled(XmlNode.Element group) {
        return "true".equalsIgnoreCase(group.attribute("shuffle").orElse(""));
    }

    private Optional<ImportedAnswer> number(XmlNode.Element response) {
        var tolerance = parameters(response)
                .filter(parameter ->
                        parameter.attribute("type").filter("tolerance"::equals).isPresent())
                .flatMap(parameter -> parameter.attribute("default").stream())
                .findFirst()
                .orElse("");
        var keys = new ArrayList<Accepted>();
        for (var answer : answers(response)) {
            var refusal = refusal(answer.text());
            if (refusal.isPresent()) {
                return refuse.apply(refusal.get());
            }
            var key = NumberKeys.read(answer.text(), tolerance);
            if (key.isEmpty()) {
                return refuse.apply(SkipReason.NOT_A_NUMBER);
            }
            keys.add(new Accepted(key.get(), ALL, answer.feedback()));
        }
        partAnswers(response)
                .forEach(text ->
                        NumberKeys.read(text, tolerance).ifPresent(key -> keys.add(new Accepted(key, PART, ""))));
        return fitting(keys);
    }

    /// Other answers that are worth a half.
    private static Stream<String> partAnswers(XmlNode.Element response) {
        return parameters(response)
                .flatMap(parameter -> parameter.attribute("partial_answers").stream())
                .filter(answers -> response.attribute("partial_credit")
                        .filter(credit -> credit.contains("list"))
                        .isPresent())
                .flatMap(answers -> Stream.of(answers.split(",")))
                .map(String::strip);
    }

    private static Stream<XmlNode.Element> parameters(XmlNode.Element response) {
        return ProblemParts.descendants(response)
                .filter(element -> element.name().equals("responseparam"));
    }

    private Optional<ImportedAnswer> words(XmlNode.Element response) {
        var types = Set.of(response.attribute("type").orElse("").split("\\s+"));
        boolean caseSensitive = !types.contains("ci");
        var keys = new ArrayList<Accepted>();
        for (var answer : answers(response)) {
            var refusal = refusal(answer.text());
            if (refusal.isPresent()) {
                return refuse.apply(refusal.get());
            }
            Stream<Key> accepted = types.contains("regexp")
                    ? Stream.of(new Key.Expression(answer.text(), caseSensitive))
                    : Stream.of(answer.text().split("_or_"))
                            .map(String::strip)
                            .filter(text -> !text.isEmpty())
                            .map(text -> new Key.Words(text, caseSensitive));
            accepted.forEach(key -> keys.add(new Accepted(key, ALL, answer.feedback())));
        }
        return fitting(keys);
    }

    private Optional<ImportedAnswer> fitting(List<Accepted> keys) {
        if (keys.isEmpty()) {
            return refuse.apply(SkipReason.RESPONSE_WITHOUT_KEY);
        }
        return keys.size() > MAX_ANSWERS
                ? refuse.apply(SkipReason.ANSWERS_OUT_OF_BOUNDS)
                : Optional.of(new ImportedAnswer.Short(keys));
    }

    private static Optional<SkipReason> refusal(String answer) {
        if (answer.isEmpty()) {
            return Optional.of(SkipReason.RESPONSE_WITHOUT_KEY);
        }
        if (VARIABLE.matcher(answer).find()) {
            return Optional.of(SkipReason.PROBLEM_SCRIPTED);
        }
        return answer.codePointCount(0, answer.length()) > MAX_ANSWER
                ? Optional.of(SkipReason.ANSWERS_OUT_OF_BOUNDS)
                : Optional.empty();
    }

    private record Written(String text, String feedback) {}

    /// The answer of the response, then those beside it.
    private List<Written> answers(XmlNode.Element response) {
        var first = new Written(response.attribute("answer").orElse(""), feedback(response));
        var others = ProblemParts.descendants(response)
                .filter(element -> element.name().equals("additional_answer"))
                .map(element ->
                        new Written(element.attribute("answer").orElseGet(() -> text(element)), feedback(element)));
        return Stream.concat(Stream.of(first), others).toList();
    }

    private String feedback(XmlNode.Element element) {
        return element.elements()
                .filter(child -> child.name().equals("correcthint"))
                .findFirst()
                .map(hint -> html.apply(hint.children()))
                .orElse("");
    }

    private static String text(XmlNode.Element element) {
        var text = new StringBuilder();
        element.children().forEach(child -> {
            if (child instanceof XmlNode.Text(String value)) {
                text.append(value);
            }
        });
        return text.toString().strip();
    }

    private static Optional<XmlNode.Element> input(XmlNode.Element response, Set<String> names) {
        return ProblemParts.descendants(response)
                .filter(element -> names.contains(element.name()))
                .findFirst();
    }

    /// Hints for which a question has no place.
    static int hintsWithoutPlace(XmlNode.Element response) {
        return (int) ProblemParts.descendants(response)
                .filter(element -> WRONG_HINTS.contains(element.name())
                        || CHOICE_HINTS.contains(element.name())
                                && "false"
                                        .equalsIgnoreCase(
                                                element.attribute("selected").orElse("")))
                .count();
    }
}
