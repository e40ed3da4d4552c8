package org.aula.grades.quiz;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Set;
import org.aula.grades.quiz.QuestionForm.PartialCredit;
import org.jspecify.annotations.Nullable;

/// What an answer is worth, as far as that needs no person.
///
/// @param points with two decimals
/// @param pending whether a person has to look at it; then the points are 0
public record AutoGrade(BigDecimal points, boolean correct, boolean pending) {

    private static final AutoGrade NOTHING = new AutoGrade(new BigDecimal("0.00"), false, false);
    private static final AutoGrade PENDING = new AutoGrade(new BigDecimal("0.00"), false, true);

    /// Marks an answer. Who answered nothing, or only spaces, gets nothing, and nobody has to look at it.
    public static AutoGrade of(Question question, @Nullable Answer answer) {
        if (answer == null) {
            return NOTHING;
        }
        return switch (question.form()) {
            case QuestionForm.TrueFalse form ->
                answer instanceof Answer.TrueFalse given && given.value() == form.correct()
                        ? part(question, 1, 1)
                        : NOTHING;
            case QuestionForm.Choice form ->
                answer instanceof Answer.Choice given ? choice(question, form, given) : NOTHING;
            case QuestionForm.ShortAnswer form ->
                answer instanceof Answer.Text given
                        ? part(question, ShortAnswers.creditPercent(form, given.text()), 100)
                        : NOTHING;
            case QuestionForm.Essay ignored -> byHand(answer);
            case QuestionForm.Code ignored -> byHand(answer);
        };
    }

    private static AutoGrade byHand(Answer answer) {
        return answer instanceof Answer.Text given && !given.text().isBlank() ? PENDING : NOTHING;
    }

    private static AutoGrade choice(Question question, QuestionForm.Choice form, Answer.Choice given) {
        var chosen = Set.copyOf(given.options());
        if (chosen.equals(form.correct())) {
            return part(question, 1, 1);
        }
        var right = chosen.stream().filter(form.correct()::contains).count();
        var wrong = chosen.size() - right;
        return switch (form.single() ? PartialCredit.ALL_OR_NOTHING : form.partialCredit()) {
            case ALL_OR_NOTHING -> NOTHING;
            case PER_OPTION -> {
                var missed = form.correct().size() - right;
                yield part(
                        question,
                        form.options().size() - wrong - missed,
                        form.options().size());
            }
            case RIGHT_MINUS_WRONG ->
                part(question, Math.max(0, right - wrong), form.correct().size());
        };
    }

    private static AutoGrade part(Question question, long counter, long denominator) {
        var points = BigDecimal.valueOf(question.points() * counter)
                .divide(BigDecimal.valueOf(denominator), 2, RoundingMode.HALF_UP);
        return new AutoGrade(points, counter == denominator, false);
    }
}
