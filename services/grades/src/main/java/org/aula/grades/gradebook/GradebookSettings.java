package org.aula.grades.gradebook;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/// How the grade of a course is made.
///
/// @param letters from the best to the worst
/// @param version 0 when nobody has set anything
record GradebookSettings(
        UUID courseId, List<Category> categories, List<Letter> letters, boolean missingCountsZero, long version) {

    /// A part of the grade.
    record Category(String id, String name, BigDecimal weight, int dropLowest) {}

    /// A letter and from how many percent on it is given.
    record Letter(String letter, BigDecimal minPercentage) {}

    private static final List<Letter> USUAL =
            List.of(letter("A", 90), letter("B", 80), letter("C", 70), letter("D", 60), letter("F", 0));

    GradebookSettings {
        letters = letters.isEmpty()
                ? USUAL
                : letters.stream()
                        .sorted(Comparator.comparing(Letter::minPercentage).reversed())
                        .toList();
    }

    static GradebookSettings usual(UUID courseId) {
        return new GradebookSettings(courseId, List.of(), List.of(), false, 0);
    }

    /// The letter for so many percent; empty when the scale has none so low.
    String letter(BigDecimal percentage) {
        return letters.stream()
                .filter(letter -> percentage.compareTo(letter.minPercentage()) >= 0)
                .findFirst()
                .map(Letter::letter)
                .orElse("");
    }

    boolean hasCategory(String id) {
        return categories.stream().anyMatch(category -> category.id().equals(id));
    }

    /// Whether the other says the same, whatever its version.
    boolean saysTheSame(GradebookSettings other) {
        return other.categories.equals(categories)
                && other.letters.equals(letters)
                && other.missingCountsZero == missingCountsZero;
    }

    private static Letter letter(String letter, int percentage) {
        return new Letter(letter, BigDecimal.valueOf(percentage).setScale(2));
    }
}
