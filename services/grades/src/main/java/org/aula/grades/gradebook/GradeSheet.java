package org.aula.grades.gradebook;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aula.grades.gradebook.Grade.CategoryGrade;
import org.aula.grades.gradebook.Grade.ItemGrade;
import org.aula.grades.gradebook.Grade.Standing;
import org.aula.grades.gradebook.GradebookSettings.Category;
import org.jspecify.annotations.Nullable;

/// Works out grades of one course. A category's percentage is the sum of the points that count in it,
/// divided by the sum of those that could be had; the grade is the mean of the categories' percentages,
/// weighted, over those in which something counts, rounded once. What the last category contributes takes
/// up the rounding of the others, so that who adds up what is shown gets what is shown.
final class GradeSheet {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal NONE = new BigDecimal("0.00");
    private static final Category WHOLE = new Category("", "", BigDecimal.ONE, 0);
    private static final Category OUTSIDE = new Category("", "", BigDecimal.ZERO, 0);

    private final GradebookSettings settings;
    private final List<GradedItem> items;

    GradeSheet(GradebookSettings settings, List<GradedItem> items) {
        this.settings = settings;
        this.items = items;
    }

    GradebookSettings settings() {
        return settings;
    }

    List<GradedItem> items() {
        return items;
    }

    /// @param scores of this learner, by item
    Grade of(UUID userId, Map<UUID, Score> scores) {
        var parts = parts(scores);
        var weights = parts.stream()
                .filter(Part::counts)
                .map(part -> part.category().weight())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        var points = items.stream()
                .map(item -> scores.get(item.id()))
                .filter(Objects::nonNull)
                .map(Score::points)
                .reduce(NONE, BigDecimal::add);
        if (weights.signum() == 0) {
            var categories = parts.stream().map(Part::withoutGrade).toList();
            return new Grade(userId, null, "", points, categories);
        }
        var percentage = parts.stream()
                .map(part -> part.exact(weights))
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .setScale(2, RoundingMode.HALF_UP);
        return new Grade(
                userId, percentage, settings.letter(percentage), points, contributions(parts, weights, percentage));
    }

    private static List<CategoryGrade> contributions(List<Part> parts, BigDecimal weights, BigDecimal percentage) {
        var last = parts.stream().filter(Part::counts).toList().getLast();
        var left = percentage;
        var grades = new ArrayList<CategoryGrade>();
        for (var part : parts) {
            if (!part.counts()) {
                grades.add(part.withoutGrade());
                continue;
            }
            var contribution = part == last ? left : part.exact(weights).setScale(2, RoundingMode.HALF_UP);
            left = left.subtract(contribution);
            grades.add(part.grade(weights, contribution));
        }
        return grades;
    }

    private List<Part> parts(Map<UUID, Score> scores) {
        if (settings.categories().isEmpty()) {
            return List.of(part(WHOLE, items, scores));
        }
        var parts = new ArrayList<Part>();
        for (var category : settings.categories()) {
            parts.add(part(category, inCategory(category), scores));
        }
        var outside = items.stream()
                .filter(item -> item.categoryId() == null || !settings.hasCategory(item.categoryId()))
                .map(item -> grade(item, scores.get(item.id())).standing(Standing.UNCATEGORISED))
                .toList();
        if (!outside.isEmpty()) {
            parts.add(new Part(OUTSIDE, outside));
        }
        return parts;
    }

    private List<GradedItem> inCategory(Category category) {
        return items.stream()
                .filter(item -> category.id().equals(item.categoryId()))
                .toList();
    }

    private Part part(Category category, List<GradedItem> members, Map<UUID, Score> scores) {
        var grades =
                members.stream().map(item -> grade(item, scores.get(item.id()))).toList();
        return new Part(category, withoutLowest(grades, category.dropLowest()));
    }

    private ItemGrade grade(GradedItem item, @Nullable Score score) {
        if (score != null) {
            return new ItemGrade(item, score, score.maxPoints(), Standing.COUNTED);
        }
        var standing = settings.missingCountsZero() ? Standing.MISSING_ZERO : Standing.MISSING;
        return new ItemGrade(item, null, item.maxPoints(), standing);
    }

    /// Of those with the same percentage the one that could give more points goes first, then by id: it
    /// must not depend on the order in which rows are read.
    private static List<ItemGrade> withoutLowest(List<ItemGrade> grades, int drop) {
        var counting = grades.stream()
                .filter(grade -> grade.standing().counts())
                .sorted(Comparator.comparingDouble(ItemGrade::part)
                        .thenComparing(ItemGrade::maxPoints, Comparator.reverseOrder())
                        .thenComparing(grade -> grade.item().id()))
                .toList();
        var dropped = counting.stream()
                .limit(Math.max(0, Math.min(drop, counting.size() - 1)))
                .map(grade -> grade.item().id())
                .collect(Collectors.toSet());
        return grades.stream()
                .map(grade -> dropped.contains(grade.item().id()) ? grade.standing(Standing.DROPPED) : grade)
                .toList();
    }

    /// A category with what is in it, before its weight among the others is known.
    private record Part(Category category, List<ItemGrade> items) {

        /// What could give no points at all counts for nothing.
        boolean counts() {
            return category.weight().signum() > 0 && possible().signum() > 0;
        }

        private BigDecimal possible() {
            return counting().map(ItemGrade::maxPoints).reduce(BigDecimal.ZERO, BigDecimal::add);
        }

        private Stream<ItemGrade> counting() {
            return items.stream().filter(item -> item.standing().counts());
        }

        private BigDecimal points() {
            return counting().map(ItemGrade::points).reduce(BigDecimal.ZERO, BigDecimal::add);
        }

        /// What it contributes, in percent, before rounding.
        BigDecimal exact(BigDecimal weights) {
            return counts()
                    ? points().multiply(HUNDRED)
                            .multiply(category.weight())
                            .divide(possible().multiply(weights), MathContext.DECIMAL64)
                    : BigDecimal.ZERO;
        }

        CategoryGrade grade(BigDecimal weights, BigDecimal contribution) {
            return new CategoryGrade(
                    category.id(),
                    category.name(),
                    category.weight(),
                    category.weight().multiply(HUNDRED).divide(weights, 2, RoundingMode.HALF_UP),
                    points().multiply(HUNDRED).divide(possible(), 2, RoundingMode.HALF_UP),
                    contribution,
                    items);
        }

        CategoryGrade withoutGrade() {
            return new CategoryGrade(category.id(), category.name(), category.weight(), NONE, NONE, NONE, items);
        }
    }
}
