package org.aula.bff.assignments;

import org.aula.api.assignments.v1.AcceptedAnswer;
import org.aula.api.assignments.v1.AcceptedNumber;
import org.aula.api.assignments.v1.AcceptedPattern;
import org.aula.api.assignments.v1.AcceptedText;
import org.aula.api.assignments.v1.CodeForm;
import org.aula.api.assignments.v1.EssayForm;
import org.aula.api.assignments.v1.MultipleChoiceForm;
import org.aula.api.assignments.v1.PartialCredit;
import org.aula.api.assignments.v1.QuestionForm;
import org.aula.api.assignments.v1.QuestionOption;
import org.aula.api.assignments.v1.ShortAnswerForm;
import org.aula.api.assignments.v1.SingleChoiceForm;
import org.aula.api.assignments.v1.TrueFalseForm;
import org.aula.bff.engine.Input;

/// Reads how a question is answered. Of several forms the last one counts, as in the contract's encoding.
final class QuestionForms {

    private QuestionForms() {}

    static QuestionForm read(Input input) {
        var form = QuestionForm.newBuilder();
        var trueFalse = input.child("trueFalse");
        if (trueFalse != null) {
            form.setTrueFalse(TrueFalseForm.newBuilder().setCorrect(trueFalse.flag("correct")));
        }
        var single = input.child("singleChoice");
        if (single != null) {
            form.setSingleChoice(SingleChoiceForm.newBuilder()
                    .addAllOptions(single.children("options").stream()
                            .map(QuestionForms::option)
                            .toList())
                    .setCorrectOptionId(single.text("correctOptionId"))
                    .setKeepOrder(single.flag("keepOrder")));
        }
        var multiple = input.child("multipleChoice");
        if (multiple != null) {
            form.setMultipleChoice(MultipleChoiceForm.newBuilder()
                    .addAllOptions(multiple.children("options").stream()
                            .map(QuestionForms::option)
                            .toList())
                    .addAllCorrectOptionIds(multiple.texts("correctOptionIds"))
                    .setPartialCredit(multiple.choice("partialCredit", PartialCredit.class))
                    .setKeepOrder(multiple.flag("keepOrder")));
        }
        readWritten(input, form);
        return form.build();
    }

    private static void readWritten(Input input, QuestionForm.Builder form) {
        var shortAnswer = input.child("shortAnswer");
        if (shortAnswer != null) {
            form.setShortAnswer(ShortAnswerForm.newBuilder()
                    .addAllAccepted(shortAnswer.children("accepted").stream()
                            .map(QuestionForms::accepted)
                            .toList())
                    .setMaxCharacters(shortAnswer.number("maxCharacters")));
        }
        var essay = input.child("essay");
        if (essay != null) {
            form.setEssay(EssayForm.newBuilder()
                    .setMinWords(essay.number("minWords"))
                    .setMaxWords(essay.number("maxWords"))
                    .setGradingNotes(essay.text("gradingNotes")));
        }
        var code = input.child("code");
        if (code != null) {
            form.setCode(CodeForm.newBuilder()
                    .setLanguage(code.text("language"))
                    .setStarterCode(code.text("starterCode"))
                    .setSolution(code.text("solution"))
                    .setGradingNotes(code.text("gradingNotes")));
        }
    }

    private static QuestionOption option(Input input) {
        return QuestionOption.newBuilder()
                .setId(input.text("id"))
                .setText(input.text("text"))
                .setFeedback(input.text("feedback"))
                .build();
    }

    private static AcceptedAnswer accepted(Input input) {
        var accepted = AcceptedAnswer.newBuilder()
                .setCreditPercent(input.number("creditPercent"))
                .setFeedback(input.text("feedback"));
        var text = input.child("text");
        if (text != null) {
            accepted.setText(AcceptedText.newBuilder()
                    .setValue(text.text("value"))
                    .setCaseSensitive(text.flag("caseSensitive"))
                    .setIgnoreAccents(text.flag("ignoreAccents")));
        }
        var pattern = input.child("pattern");
        if (pattern != null) {
            accepted.setPattern(AcceptedPattern.newBuilder()
                    .setExpression(pattern.text("expression"))
                    .setCaseSensitive(pattern.flag("caseSensitive")));
        }
        var number = input.child("number");
        if (number != null) {
            accepted.setNumber(AcceptedNumber.newBuilder()
                    .setValue(number.text("value"))
                    .setTolerance(number.text("tolerance"))
                    .setToleranceIsPercent(number.flag("toleranceIsPercent")));
        }
        return accepted.build();
    }
}
