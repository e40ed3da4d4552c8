package org.aula.bff.assignments;

import org.aula.api.assignments.v1.AcceptedAnswer;
import org.aula.api.assignments.v1.AcceptedNumber;
import org.aula.api.assignments.v1.AcceptedPattern;
import org.aula.api.assignments.v1.AcceptedText;
import org.aula.api.assignments.v1.CodeForm;
import org.aula.api.assignments.v1.EssayForm;
import org.aula.api.assignments.v1.MultipleChoiceForm;
import org.aula.api.assignments.v1.QuestionForm;
import org.aula.api.assignments.v1.QuestionOption;
import org.aula.api.assignments.v1.ShortAnswerForm;
import org.aula.api.assignments.v1.SingleChoiceForm;
import org.aula.api.assignments.v1.TrueFalseForm;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;
import org.jspecify.annotations.Nullable;

/// How questions are answered.
public final class FormFields {

    private FormFields() {}

    /// The form itself; null for kinds newer than this build.
    public static @Nullable Object unwrap(QuestionForm form) {
        return switch (form.getFormCase()) {
            case TRUE_FALSE -> form.getTrueFalse();
            case SINGLE_CHOICE -> form.getSingleChoice();
            case MULTIPLE_CHOICE -> form.getMultipleChoice();
            case SHORT_ANSWER -> form.getShortAnswer();
            case ESSAY -> form.getEssay();
            case CODE -> form.getCode();
            case FORM_NOT_SET -> null;
        };
    }

    static void addTo(Wiring wiring) {
        addChoices(wiring);
        addAccepted(wiring);
        wiring.type("ShortAnswerForm", ShortAnswerForm.class)
                .value("accepted", ShortAnswerForm::getAcceptedList)
                .value("maxCharacters", ShortAnswerForm::getMaxCharacters);
        wiring.type("EssayForm", EssayForm.class)
                .value("minWords", EssayForm::getMinWords)
                .value("maxWords", EssayForm::getMaxWords)
                .value("gradingNotes", EssayForm::getGradingNotes);
        wiring.type("CodeForm", CodeForm.class)
                .value("language", CodeForm::getLanguage)
                .value("starterCode", CodeForm::getStarterCode)
                .value("solution", CodeForm::getSolution)
                .value("gradingNotes", CodeForm::getGradingNotes);
    }

    private static void addChoices(Wiring wiring) {
        wiring.type("TrueFalseForm", TrueFalseForm.class).value("correct", TrueFalseForm::getCorrect);
        wiring.type("SingleChoiceForm", SingleChoiceForm.class)
                .value("options", SingleChoiceForm::getOptionsList)
                .value("correctOptionId", SingleChoiceForm::getCorrectOptionId)
                .value("keepOrder", SingleChoiceForm::getKeepOrder);
        wiring.type("MultipleChoiceForm", MultipleChoiceForm.class)
                .value("options", MultipleChoiceForm::getOptionsList)
                .value("correctOptionIds", MultipleChoiceForm::getCorrectOptionIdsList)
                .value("partialCredit", form -> Values.name(form.getPartialCredit()))
                .value("keepOrder", MultipleChoiceForm::getKeepOrder);
        wiring.type("QuestionOption", QuestionOption.class)
                .value("id", QuestionOption::getId)
                .value("text", QuestionOption::getText)
                .value("feedback", QuestionOption::getFeedback);
    }

    private static void addAccepted(Wiring wiring) {
        wiring.type("AcceptedAnswer", AcceptedAnswer.class)
                .value("text", accepted -> accepted.hasText() ? accepted.getText() : null)
                .value("pattern", accepted -> accepted.hasPattern() ? accepted.getPattern() : null)
                .value("number", accepted -> accepted.hasNumber() ? accepted.getNumber() : null)
                .value("creditPercent", AcceptedAnswer::getCreditPercent)
                .value("feedback", AcceptedAnswer::getFeedback);
        wiring.type("AcceptedText", AcceptedText.class)
                .value("value", AcceptedText::getValue)
                .value("caseSensitive", AcceptedText::getCaseSensitive)
                .value("ignoreAccents", AcceptedText::getIgnoreAccents);
        wiring.type("AcceptedPattern", AcceptedPattern.class)
                .value("expression", AcceptedPattern::getExpression)
                .value("caseSensitive", AcceptedPattern::getCaseSensitive);
        wiring.type("AcceptedNumber", AcceptedNumber.class)
                .value("value", AcceptedNumber::getValue)
                .value("tolerance", AcceptedNumber::getTolerance)
                .value("toleranceIsPercent", AcceptedNumber::getToleranceIsPercent);
    }
}
