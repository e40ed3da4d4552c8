package org.aula.courses.imports;

import java.util.List;
import java.util.stream.IntStream;
import org.aula.api.assignments.v1.AcceptedAnswer;
import org.aula.api.assignments.v1.AcceptedNumber;
import org.aula.api.assignments.v1.AcceptedPattern;
import org.aula.api.assignments.v1.AcceptedText;
import org.aula.api.assignments.v1.MultipleChoiceForm;
import org.aula.api.assignments.v1.PartialCredit;
import org.aula.api.assignments.v1.QuestionForm;
import org.aula.api.assignments.v1.QuestionOption;
import org.aula.api.assignments.v1.ShortAnswerForm;
import org.aula.api.assignments.v1.SingleChoiceForm;
import org.aula.courses.olx.ImportedAnswer;
import org.aula.courses.olx.ImportedAnswer.Accepted;
import org.aula.courses.olx.ImportedAnswer.Key;
import org.aula.courses.olx.ImportedAnswer.Option;

/// How imported questions are answered, as the contract says it. Options are called `a` to `z`.
final class AnswerMapper {

    private AnswerMapper() {}

    static QuestionForm toProto(ImportedAnswer answer) {
        var form = QuestionForm.newBuilder();
        return switch (answer) {
            case ImportedAnswer.One(var options, var right, var shuffled) ->
                form.setSingleChoice(SingleChoiceForm.newBuilder()
                                .addAllOptions(options(options))
                                .setCorrectOptionId(name(right))
                                .setKeepOrder(!shuffled))
                        .build();
            case ImportedAnswer.Any(var options, var right, var eachCounts, var shuffled) ->
                form.setMultipleChoice(MultipleChoiceForm.newBuilder()
                                .addAllOptions(options(options))
                                .addAllCorrectOptionIds(
                                        right.stream().map(AnswerMapper::name).toList())
                                .setPartialCredit(
                                        eachCounts
                                                ? PartialCredit.PARTIAL_CREDIT_PER_OPTION
                                                : PartialCredit.PARTIAL_CREDIT_ALL_OR_NOTHING)
                                .setKeepOrder(!shuffled))
                        .build();
            case ImportedAnswer.Short(var accepted) ->
                form.setShortAnswer(ShortAnswerForm.newBuilder()
                                .addAllAccepted(accepted.stream()
                                        .map(AnswerMapper::accepted)
                                        .toList()))
                        .build();
        };
    }

    static boolean isShuffled(ImportedAnswer answer) {
        return switch (answer) {
            case ImportedAnswer.One one -> one.shuffled();
            case ImportedAnswer.Any any -> any.shuffled();
            case ImportedAnswer.Short words -> false;
        };
    }

    private static List<QuestionOption> options(List<Option> options) {
        return IntStream.range(0, options.size())
                .mapToObj(index -> QuestionOption.newBuilder()
                        .setId(name(index))
                        .setText(options.get(index).html())
                        .setFeedback(options.get(index).feedback())
                        .build())
                .toList();
    }

    private static String name(int index) {
        return String.valueOf((char) ('a' + index));
    }

    private static AcceptedAnswer accepted(Accepted accepted) {
        var answer = AcceptedAnswer.newBuilder()
                .setCreditPercent(accepted.creditPercent())
                .setFeedback(accepted.feedback());
        return switch (accepted.key()) {
            case Key.Words(var value, var caseSensitive) ->
                answer.setText(AcceptedText.newBuilder().setValue(value).setCaseSensitive(caseSensitive))
                        .build();
            case Key.Expression(var value, var caseSensitive) ->
                answer.setPattern(AcceptedPattern.newBuilder()
                                .setExpression(value)
                                .setCaseSensitive(caseSensitive))
                        .build();
            case Key.Number(var value, var tolerance, var percent) ->
                answer.setNumber(AcceptedNumber.newBuilder()
                                .setValue(value)
                                .setTolerance(tolerance)
                                .setToleranceIsPercent(percent))
                        .build();
        };
    }
}
