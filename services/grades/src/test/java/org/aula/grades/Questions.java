package org.aula.grades;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.List;
import org.aula.api.assignments.v1.AcceptedAnswer;
import org.aula.api.assignments.v1.AcceptedNumber;
import org.aula.api.assignments.v1.AcceptedPattern;
import org.aula.api.assignments.v1.AcceptedText;
import org.aula.api.assignments.v1.CodeForm;
import org.aula.api.assignments.v1.EssayForm;
import org.aula.api.assignments.v1.MultipleChoiceForm;
import org.aula.api.assignments.v1.PartialCredit;
import org.aula.api.assignments.v1.Question;
import org.aula.api.assignments.v1.QuestionForm;
import org.aula.api.assignments.v1.QuestionOption;
import org.aula.api.assignments.v1.ShortAnswerForm;
import org.aula.api.assignments.v1.SingleChoiceForm;
import org.aula.api.assignments.v1.TrueFalseForm;

/// Questions as authors publish them.
public final class Questions {

    private Questions() {}

    public static Question trueFalse(boolean correct, int points) {
        return question(
                points,
                QuestionForm.newBuilder()
                        .setTrueFalse(TrueFalseForm.newBuilder().setCorrect(correct)));
    }

    /// With options a, b, c and d.
    public static Question single(String correct, int points) {
        return question(
                points,
                QuestionForm.newBuilder()
                        .setSingleChoice(SingleChoiceForm.newBuilder()
                                .addAllOptions(options("a", "b", "c", "d"))
                                .setCorrectOptionId(correct)));
    }

    /// With options a, b, c and d.
    public static Question multiple(PartialCredit credit, int points, String... correct) {
        return question(
                points,
                QuestionForm.newBuilder()
                        .setMultipleChoice(MultipleChoiceForm.newBuilder()
                                .addAllOptions(options("a", "b", "c", "d"))
                                .addAllCorrectOptionIds(List.of(correct))
                                .setPartialCredit(credit)));
    }

    public static Question shortAnswer(int points, AcceptedAnswer... accepted) {
        return question(
                points,
                QuestionForm.newBuilder()
                        .setShortAnswer(ShortAnswerForm.newBuilder().addAllAccepted(List.of(accepted))));
    }

    public static Question essay(int points) {
        return question(
                points,
                QuestionForm.newBuilder()
                        .setEssay(EssayForm.newBuilder().setGradingNotes("<p>look for the point</p>")));
    }

    public static Question code(int points) {
        return question(
                points,
                QuestionForm.newBuilder()
                        .setCode(CodeForm.newBuilder()
                                .setLanguage("python")
                                .setStarterCode("print()")
                                .setSolution("print(42)")
                                .setGradingNotes("<p>any that prints 42</p>")));
    }

    public static AcceptedAnswer words(String value) {
        return AcceptedAnswer.newBuilder()
                .setText(AcceptedText.newBuilder().setValue(value))
                .setCreditPercent(100)
                .build();
    }

    public static AcceptedAnswer pattern(String expression) {
        return AcceptedAnswer.newBuilder()
                .setPattern(AcceptedPattern.newBuilder().setExpression(expression))
                .setCreditPercent(100)
                .build();
    }

    public static AcceptedAnswer number(String value, String tolerance, boolean percent) {
        return AcceptedAnswer.newBuilder()
                .setNumber(AcceptedNumber.newBuilder()
                        .setValue(value)
                        .setTolerance(tolerance)
                        .setToleranceIsPercent(percent))
                .setCreditPercent(100)
                .build();
    }

    /// The same question with another key.
    public static Question withForm(Question question, QuestionForm form) {
        return question.toBuilder().setForm(form).build();
    }

    private static Question question(int points, QuestionForm.Builder form) {
        return Question.newBuilder()
                .setId(UuidCreator.getTimeOrderedEpoch().toString())
                .setText("<p>What is asked</p>")
                .setExplanation("<p>Why it is so</p>")
                .setPoints(points)
                .setForm(form)
                .build();
    }

    private static List<QuestionOption> options(String... names) {
        return List.of(names).stream()
                .map(name -> QuestionOption.newBuilder()
                        .setId(name)
                        .setText("Option " + name)
                        .build())
                .toList();
    }
}
