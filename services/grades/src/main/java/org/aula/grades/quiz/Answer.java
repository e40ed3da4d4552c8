package org.aula.grades.quiz;

import java.util.List;

/// What a learner answered to a question.
public sealed interface Answer {

    /// To true or false.
    record TrueFalse(boolean value) implements Answer {}

    /// To a choice: the options chosen.
    record Choice(List<String> options) implements Answer {}

    /// To a short answer, an essay, or a program.
    record Text(String text) implements Answer {}

    /// Why this cannot be an answer to a question of that form; an empty text when it can.
    default String validate(QuestionForm form) {
        return switch (form) {
            case QuestionForm.TrueFalse ignored ->
                this instanceof TrueFalse ? "" : "the question asks for true or false";
            case QuestionForm.Choice choice ->
                this instanceof Choice chosen ? validate(choice, chosen.options()) : "the question asks for a choice";
            case QuestionForm.ShortAnswer words ->
                this instanceof Text given ? tooLong(given, words.maxCharacters()) : "the question asks for a text";
            case QuestionForm.Essay ignored -> this instanceof Text ? "" : "the question asks for a text";
            case QuestionForm.Code ignored -> this instanceof Text ? "" : "the question asks for a text";
        };
    }

    private static String validate(QuestionForm.Choice form, List<String> chosen) {
        if (!form.options().containsAll(chosen)) {
            return "the question has no such option";
        }
        return form.single() && chosen.size() > 1 ? "one option at most can be chosen" : "";
    }

    private static String tooLong(Text given, int letters) {
        return given.text().codePointCount(0, given.text().length()) > letters
                ? "the answer has more than %d letters".formatted(letters)
                : "";
    }
}
