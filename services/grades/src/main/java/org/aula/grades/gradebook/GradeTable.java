package org.aula.grades.gradebook;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Grades as CSV of RFC 4180.
final class GradeTable {

    private static final String LINE = "\r\n";
    private static final Pattern TO_QUOTE = Pattern.compile("[\",\r\n]");

    /// What spreadsheets take for the beginning of a formula.
    private static final Pattern FORMULA = Pattern.compile("^[=+\\-@\t\r]");

    private GradeTable() {}

    static String head(List<GradedItem> items) {
        var cells = new ArrayList<>(List.of("user_id", "percentage", "letter", "points"));
        items.forEach(item -> cells.add(text(item.title())));
        return String.join(",", cells) + LINE;
    }

    static String line(Grade grade, List<GradedItem> items) {
        var points = grade.categories().stream()
                .flatMap(category -> category.items().stream())
                .filter(item -> item.score() != null)
                .collect(Collectors.toMap(item -> item.item().id(), Grade.ItemGrade::points));
        var percentage = grade.percentage();
        var cells = new ArrayList<>(List.of(
                grade.userId().toString(),
                percentage == null ? "" : percentage.toPlainString(),
                text(grade.letter()),
                grade.points().toPlainString()));
        Function<UUID, String> cell = id ->
                points.containsKey(id) ? Objects.requireNonNull(points.get(id)).toPlainString() : "";
        items.forEach(item -> cells.add(cell.apply(item.id())));
        return String.join(",", cells) + LINE;
    }

    private static String text(String text) {
        var plain = FORMULA.matcher(text).find() ? "'" + text : text;
        return TO_QUOTE.matcher(plain).find() ? '"' + plain.replace("\"", "\"\"") + '"' : plain;
    }
}
