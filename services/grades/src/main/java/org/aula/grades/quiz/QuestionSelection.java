package org.aula.grades.quiz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.aula.grades.quiz.QuizVersion.Asked;
import org.aula.grades.quiz.QuizVersion.Item;

/// What an attempt is asked, and in which order, out of its seed alone: the same for ever. Hence
/// [java.util.Random], whose numbers its specification fixes, and a shuffle of our own.
final class QuestionSelection {

    private final Random random;
    private final boolean shufflesQuestions;
    private final boolean shufflesOptions;

    QuestionSelection(long seed, boolean shufflesQuestions, boolean shufflesOptions) {
        this.random = new Random(seed);
        this.shufflesQuestions = shufflesQuestions;
        this.shufflesOptions = shufflesOptions;
    }

    List<Asked> of(List<Item> items) {
        var drawn = new ArrayList<Question>();
        for (var item : items) {
            switch (item) {
                case Item.Fixed fixed -> drawn.add(fixed.question());
                case Item.Pool pool -> drawn.addAll(shuffled(pool.questions()).subList(0, pool.count()));
            }
        }
        var ordered = shufflesQuestions ? shuffled(drawn) : drawn;
        return ordered.stream()
                .map(question -> new Asked(question, options(question.form())))
                .toList();
    }

    private List<String> options(QuestionForm form) {
        if (!(form instanceof QuestionForm.Choice choice)) {
            return List.of();
        }
        return shufflesOptions && !choice.keepOrder() ? shuffled(choice.options()) : choice.options();
    }

    /// Fisher and Yates' shuffle, as Knuth gives it (The Art of Computer Programming, 3.4.2, algorithm P).
    private <T> List<T> shuffled(List<T> items) {
        var shuffled = new ArrayList<>(items);
        for (int last = shuffled.size() - 1; last > 0; last--) {
            var other = random.nextInt(last + 1);
            var moved = shuffled.get(last);
            shuffled.set(last, shuffled.get(other));
            shuffled.set(other, moved);
        }
        return shuffled;
    }
}
