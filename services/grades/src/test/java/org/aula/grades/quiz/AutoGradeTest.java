package org.aula.grades.quiz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.grades.Questions.multiple;
import static org.aula.grades.Questions.number;
import static org.aula.grades.Questions.pattern;
import static org.aula.grades.Questions.shortAnswer;
import static org.aula.grades.Questions.words;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.aula.api.assignments.v1.AcceptedAnswer;
import org.aula.api.assignments.v1.AcceptedText;
import org.aula.api.assignments.v1.PartialCredit;
import org.aula.api.assignments.v1.QuizVersionItem;
import org.aula.grades.Questions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What answers are worth, by the keys that authors publish.
final class AutoGradeTest {

    @ParameterizedTest
    @CsvSource({
        "ALL_OR_NOTHING, a b, 10.00", "ALL_OR_NOTHING, b a, 10.00", "ALL_OR_NOTHING, a, 0.00",
        "ALL_OR_NOTHING, a b c, 0.00", "PER_OPTION, a b, 10.00", "PER_OPTION, a, 7.50",
        "PER_OPTION, a c, 5.00", "PER_OPTION, c d, 0.00", "PER_OPTION, '', 5.00",
        "RIGHT_MINUS_WRONG, a b, 10.00", "RIGHT_MINUS_WRONG, a, 5.00", "RIGHT_MINUS_WRONG, a b c, 5.00",
        "RIGHT_MINUS_WRONG, a c, 0.00", "RIGHT_MINUS_WRONG, c d, 0.00", "RIGHT_MINUS_WRONG, '', 0.00"
    })
    void a_choice_is_worth_what_its_rule_says(String rule, String chosen, String points) {
        var question = read(multiple(PartialCredit.valueOf("PARTIAL_CREDIT_" + rule), 10, "a", "b"));

        var mark = AutoGrade.of(question, new Answer.Choice(chosen.isEmpty() ? List.of() : List.of(chosen.split(" "))));

        assertThat(mark.points()).isEqualTo(points);
        assertThat(mark.correct()).isEqualTo(points.equals("10.00"));
        assertThat(mark.pending()).isFalse();
    }

    @Test
    void parts_of_points_are_rounded_to_two_decimals() {
        var question = read(multiple(PartialCredit.PARTIAL_CREDIT_RIGHT_MINUS_WRONG, 10, "a", "b", "c"));

        assertThat(AutoGrade.of(question, new Answer.Choice(List.of("a"))).points())
                .isEqualTo("3.33");
        assertThat(AutoGrade.of(question, new Answer.Choice(List.of("a", "b"))).points())
                .isEqualTo("6.67");
    }

    static Stream<Arguments> words_that_match() {
        return Stream.of(
                Arguments.of(words("New York"), "  new   york ", true),
                Arguments.of(words("New York"), "new\u00A0york", true),
                Arguments.of(words("New York"), "newyork", false),
                Arguments.of(words("Straße"), "STRASSE", true),
                Arguments.of(words("\uFB01ne"), "fine", true),
                Arguments.of(words("Café"), "cafe\u0301", true),
                Arguments.of(words("Café"), "cafe", false),
                Arguments.of(withoutAccents("Café"), "CAFE", true),
                Arguments.of(withoutAccents("año"), "ano", true),
                Arguments.of(exactly("DNA"), "DNA", true),
                Arguments.of(exactly("DNA"), "dna", false),
                Arguments.of(words("x"), " ", false),
                Arguments.of(pattern("colou?r"), "Color", true),
                Arguments.of(pattern("colou?r"), "colour ", true),
                Arguments.of(pattern("colou?r"), "a colour", false),
                Arguments.of(number("3.14", "", false), "3,14", true),
                Arguments.of(number("3.14", "", false), "3.140", true),
                Arguments.of(number("3.14", "", false), "3.15", false),
                Arguments.of(number("3.14", "0.01", false), "3.15", true),
                Arguments.of(number("3.14", "0.01", false), "3.1501", false),
                Arguments.of(number("200", "5", true), "190", true),
                Arguments.of(number("200", "5", true), "210.5", false),
                Arguments.of(number("-200", "5", true), "\u2212209", true),
                Arguments.of(number("6.02e23", "1", true), "6E23", true),
                Arguments.of(number("0.5", "", false), ".5", true),
                Arguments.of(number("5", "", false), "５", true),
                Arguments.of(number("1", "", false), "one", false),
                Arguments.of(number("1", "", false), "1 000", false));
    }

    @ParameterizedTest
    @MethodSource("words_that_match")
    void a_short_answer_is_compared_as_its_key_says(AcceptedAnswer key, String given, boolean matches) {
        assertThat(AutoGrade.of(read(shortAnswer(4, key)), new Answer.Text(given))
                        .points())
                .isEqualTo(matches ? "4.00" : "0.00");
    }

    @Test
    void the_first_accepted_answer_that_matches_decides() {
        var half = words("lyon").toBuilder().setCreditPercent(50).build();
        var question = read(shortAnswer(4, words("paris"), half, pattern(".*")));

        assertThat(AutoGrade.of(question, new Answer.Text("Paris")).correct()).isTrue();
        assertThat(AutoGrade.of(question, new Answer.Text("Lyon")).points()).isEqualTo("2.00");
        assertThat(AutoGrade.of(question, new Answer.Text("Lyon")).correct()).isFalse();
    }

    /// Such a pattern takes a backtracking engine longer than the universe has lasted.
    @Test
    void patterns_take_time_linear_in_the_answer() {
        var question = read(shortAnswer(4, pattern("(a*)*(a*)*(a*)*b")));
        var answer = new Answer.Text("a".repeat(2_000));

        var mark = org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> AutoGrade.of(question, answer));

        assertThat(mark.points()).isZero();
    }

    @Test
    void essays_and_programs_wait_for_a_person_unless_nothing_was_written() {
        for (var written : List.of(Questions.essay(5), Questions.code(5))) {
            var question = read(written);
            assertThat(AutoGrade.of(question, new Answer.Text("something")).pending())
                    .isTrue();
            assertThat(AutoGrade.of(question, new Answer.Text(" \n ")).pending())
                    .isFalse();
            assertThat(AutoGrade.of(question, null).pending()).isFalse();
        }
    }

    private static AcceptedAnswer exactly(String value) {
        return withText(AcceptedText.newBuilder().setValue(value).setCaseSensitive(true));
    }

    private static AcceptedAnswer withoutAccents(String value) {
        return withText(AcceptedText.newBuilder().setValue(value).setIgnoreAccents(true));
    }

    private static AcceptedAnswer withText(AcceptedText.Builder text) {
        return AcceptedAnswer.newBuilder().setText(text).setCreditPercent(100).build();
    }

    private static Question read(org.aula.api.assignments.v1.Question question) {
        var id = java.util.UUID.randomUUID().toString();
        var version = org.aula.api.assignments.v1.QuizVersion.newBuilder()
                .setQuizId(id)
                .setCourseId(id)
                .addItems(QuizVersionItem.newBuilder().setQuestion(question))
                .build();
        return QuizVersionMapper.fromBytes(version.toByteArray())
                .draw(1)
                .getFirst()
                .question();
    }
}
