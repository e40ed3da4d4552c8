package org.aula.grades.gradebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.aula.grades.gradebook.Grade.CategoryGrade;
import org.aula.grades.gradebook.Grade.Standing;
import org.aula.grades.gradebook.GradebookSettings.Category;
import org.aula.grades.gradebook.GradebookSettings.Letter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// How a grade comes about.
@Tag("fast")
final class GradeSheetTest {

    private static final UUID LEARNER = UUID.randomUUID();

    @Test
    void without_categories_points_are_added_up() {
        var items = List.of(item(1, 10, null), item(2, 30, null), item(3, 5, null));

        var grade = grade(settings(false), items, Map.of(1, "5", 2, "30"));

        assertThat(grade.percentage()).isEqualTo("87.50");
        assertThat(grade.letter()).isEqualTo("B");
        assertThat(grade.points()).isEqualTo("35.00");
        assertThat(standings(grade.categories().getFirst()))
                .containsExactly(Standing.COUNTED, Standing.COUNTED, Standing.MISSING);
        assertThat(grade.categories().getFirst().effectiveWeight()).isEqualTo("100.00");
    }

    @Test
    void nothing_graded_is_no_grade_and_what_is_missing_counts_zero_where_the_course_says_so() {
        var items = List.of(item(1, 10, null), item(2, 30, null));

        assertThat(grade(settings(false), items, Map.of()).percentage()).isNull();
        assertThat(grade(settings(false), List.of(), Map.of()).percentage()).isNull();
        assertThat(grade(settings(true), items, Map.of()).percentage()).isEqualTo("0.00");
        var grade = grade(settings(true), items, Map.of(2, "30"));
        assertThat(grade.percentage()).isEqualTo("75.00");
        assertThat(standings(grade.categories().getFirst())).containsExactly(Standing.MISSING_ZERO, Standing.COUNTED);
    }

    @Test
    void categories_count_by_their_weights_among_those_in_which_something_counts() {
        var settings = settings(false, category("tests", 3, 0), category("tasks", 1, 0), category("extra", 4, 0));
        var items = List.of(
                item(1, 10, "tests"), item(2, 20, "tasks"), item(3, 7, "extra"), item(4, 100, null), item(5, 9, "old"));

        var grade = grade(settings, items, Map.of(1, "9", 2, "10", 4, "100"));

        assertThat(grade.percentage()).isEqualTo("80.00");
        assertThat(grade.points()).isEqualTo("119.00");
        assertThat(grade.categories())
                .extracting(CategoryGrade::categoryId, CategoryGrade::effectiveWeight, CategoryGrade::contribution)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("tests", new BigDecimal("75.00"), new BigDecimal("67.50")),
                        org.assertj.core.groups.Tuple.tuple("tasks", new BigDecimal("25.00"), new BigDecimal("12.50")),
                        org.assertj.core.groups.Tuple.tuple("extra", new BigDecimal("0.00"), new BigDecimal("0.00")),
                        org.assertj.core.groups.Tuple.tuple("", new BigDecimal("0.00"), new BigDecimal("0.00")));
        assertThat(standings(grade.categories().getLast()))
                .containsExactly(Standing.UNCATEGORISED, Standing.UNCATEGORISED);
    }

    @Test
    void contributions_add_up_to_the_grade_whatever_was_rounded() {
        var settings = settings(false, category("a", 1, 0), category("b", 1, 0), category("c", 1, 0));
        var items = List.of(item(1, 3, "a"), item(2, 3, "b"), item(3, 3, "c"));

        var best = grade(settings, items, Map.of(1, "3", 2, "3", 3, "3"));
        var some = grade(settings, items, Map.of(1, "1", 2, "2", 3, "1"));

        assertThat(best.percentage()).isEqualTo("100.00");
        assertThat(some.percentage()).isEqualTo("44.44");
        for (var grade : List.of(best, some)) {
            assertThat(grade.categories().stream()
                            .map(CategoryGrade::contribution)
                            .reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualTo(grade.percentage());
        }
    }

    @Test
    void the_lowest_are_dropped_by_percentage_and_one_stays() {
        var items = List.of(item(1, 10, "a"), item(2, 20, "a"), item(3, 10, "a"), item(4, 10, "a"));

        var one = grade(settings(false, category("a", 1, 1)), items, Map.of(1, "5", 2, "8", 3, "10"));
        assertThat(standings(one.categories().getFirst()))
                .containsExactly(Standing.COUNTED, Standing.DROPPED, Standing.COUNTED, Standing.MISSING);
        assertThat(one.percentage()).isEqualTo("75.00");

        var all = grade(settings(false, category("a", 1, 9)), items, Map.of(1, "5", 2, "8", 3, "10"));
        assertThat(standings(all.categories().getFirst()))
                .containsExactly(Standing.DROPPED, Standing.DROPPED, Standing.COUNTED, Standing.MISSING);

        var equal = grade(settings(false, category("a", 1, 1)), items, Map.of(1, "5", 2, "10"));
        assertThat(standings(equal.categories().getFirst()))
                .containsExactly(Standing.COUNTED, Standing.DROPPED, Standing.MISSING, Standing.MISSING);

        var missing = grade(settings(true, category("a", 1, 1)), items, Map.of(1, "5", 2, "10", 3, "1"));
        assertThat(standings(missing.categories().getFirst()))
                .containsExactly(Standing.COUNTED, Standing.COUNTED, Standing.COUNTED, Standing.DROPPED);
    }

    @Test
    void letters_are_the_courses_own() {
        var scale = List.of(letter("pass", "50"), letter("honours", "89.99"));
        var settings = new GradebookSettings(UUID.randomUUID(), List.of(), scale, false, 1);
        var items = List.of(item(1, 1000, null));

        assertThat(grade(settings, items, Map.of(1, "899.9")).letter()).isEqualTo("honours");
        assertThat(grade(settings, items, Map.of(1, "899.8")).letter()).isEqualTo("pass");
        assertThat(grade(settings, items, Map.of(1, "499.9")).letter()).isEmpty();
    }

    @Test
    void the_table_is_csv_that_spreadsheets_do_not_run() {
        var items = List.of(
                new GradedItem(id(1), Item.Kind.QUIZ, "=1+1", new BigDecimal("10.00"), null),
                new GradedItem(id(2), Item.Kind.QUIZ, "a \"b\", c", new BigDecimal("10.00"), null));
        var grade = grade(settings(false), items, Map.of(2, "5"));

        assertThat(GradeTable.head(items)).isEqualTo("user_id,percentage,letter,points,'=1+1,\"a \"\"b\"\", c\"\r\n");
        assertThat(GradeTable.line(grade, items)).isEqualTo(LEARNER + ",50.00,F,5.00,,5.00\r\n");
    }

    private static Grade grade(GradebookSettings settings, List<GradedItem> items, Map<Integer, String> points) {
        var scores = new HashMap<UUID, Score>();
        items.forEach(item -> IntStream.rangeClosed(1, items.size())
                .filter(number -> id(number).equals(item.id()) && points.containsKey(number))
                .forEach(number -> {
                    var had = new BigDecimal(Objects.requireNonNull(points.get(number))).setScale(2);
                    scores.put(
                            item.id(),
                            new Score(LEARNER, item.id(), id(99), had, had, item.maxPoints(), BigDecimal.ZERO));
                }));
        return new GradeSheet(settings, items).of(LEARNER, scores);
    }

    private static List<Standing> standings(CategoryGrade category) {
        return category.items().stream().map(Grade.ItemGrade::standing).toList();
    }

    private static GradebookSettings settings(boolean missingCountsZero, Category... categories) {
        return new GradebookSettings(UUID.randomUUID(), List.of(categories), List.of(), missingCountsZero, 1);
    }

    private static Category category(String id, int weight, int dropLowest) {
        return new Category(id, id, BigDecimal.valueOf(weight), dropLowest);
    }

    private static Letter letter(String letter, String from) {
        return new Letter(letter, new BigDecimal(from));
    }

    private static GradedItem item(int number, int maxPoints, @Nullable String category) {
        return new GradedItem(
                id(number),
                Item.Kind.QUIZ,
                "Item " + number,
                BigDecimal.valueOf(maxPoints).setScale(2),
                category);
    }

    private static UUID id(int number) {
        return new UUID(0, number);
    }
}
