package org.aula.assignments.question;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import org.aula.api.assignments.v1.AcceptedAnswer;
import org.aula.api.assignments.v1.CodeForm;
import org.aula.api.assignments.v1.EssayForm;
import org.aula.api.assignments.v1.MultipleChoiceForm;
import org.aula.api.assignments.v1.QuestionForm;
import org.aula.api.assignments.v1.QuestionOption;
import org.aula.api.assignments.v1.ShortAnswerForm;
import org.aula.api.assignments.v1.SingleChoiceForm;
import org.aula.api.common.v1.ErrorReason;
import org.aula.assignments.html.SafeHtml;
import org.aula.kernel.error.Errors;
import org.aula.kernel.proto.StoredJson;

/// Forms of questions: what the contract's rules cannot check of them, what is safe of their HTML, and the
/// JSON that is kept.
public final class FormMapper {

    private FormMapper() {}

    /// The form as it is kept.
    ///
    /// @throws org.aula.kernel.error.ServiceException INVALID_ARGUMENT with VALIDATION_FAILED or
    ///     PATTERN_INVALID and the field's name
    static QuestionForm checked(QuestionForm form) {
        var builder = form.toBuilder();
        switch (form.getFormCase()) {
            case SINGLE_CHOICE -> builder.setSingleChoice(checked(form.getSingleChoice()));
            case MULTIPLE_CHOICE -> builder.setMultipleChoice(checked(form.getMultipleChoice()));
            case SHORT_ANSWER -> builder.setShortAnswer(checked(form.getShortAnswer()));
            case ESSAY -> builder.setEssay(checked(form.getEssay()));
            case CODE -> builder.setCode(safe(form.getCode()));
            case TRUE_FALSE -> {}
            case FORM_NOT_SET -> throw invalid("form", "must be set");
        }
        return builder.build();
    }

    static QuestionType type(QuestionForm form) {
        return switch (form.getFormCase()) {
            case SINGLE_CHOICE -> QuestionType.SINGLE_CHOICE;
            case MULTIPLE_CHOICE -> QuestionType.MULTIPLE_CHOICE;
            case TRUE_FALSE -> QuestionType.TRUE_FALSE;
            case SHORT_ANSWER -> QuestionType.SHORT_ANSWER;
            case ESSAY -> QuestionType.ESSAY;
            case CODE -> QuestionType.CODE;
            case FORM_NOT_SET -> throw invalid("form", "must be set");
        };
    }

    static String toJson(QuestionForm form) {
        return StoredJson.write(form);
    }

    static QuestionForm fromJson(String json) {
        return StoredJson.read(json, QuestionForm.newBuilder()).build();
    }

    private static SingleChoiceForm checked(SingleChoiceForm form) {
        requireEachOnce("form.single_choice.options", form.getOptionsList());
        requireOption("form.single_choice.correct_option_id", form.getOptionsList(), form.getCorrectOptionId());
        return form.toBuilder()
                .clearOptions()
                .addAllOptions(safe(form.getOptionsList()))
                .build();
    }

    private static MultipleChoiceForm checked(MultipleChoiceForm form) {
        requireEachOnce("form.multiple_choice.options", form.getOptionsList());
        for (int index = 0; index < form.getCorrectOptionIdsCount(); index++) {
            requireOption(
                    "form.multiple_choice.correct_option_ids[" + index + "]",
                    form.getOptionsList(),
                    form.getCorrectOptionIds(index));
        }
        return form.toBuilder()
                .clearOptions()
                .addAllOptions(safe(form.getOptionsList()))
                .build();
    }

    private static ShortAnswerForm checked(ShortAnswerForm form) {
        var checked = form.toBuilder();
        for (int index = 0; index < form.getAcceptedCount(); index++) {
            var accepted = form.getAccepted(index);
            requireUsable("form.short_answer.accepted[" + index + "]", accepted);
            checked.setAccepted(index, accepted.toBuilder().setFeedback(SafeHtml.of(accepted.getFeedback())));
        }
        return checked.build();
    }

    private static void requireUsable(String field, AcceptedAnswer accepted) {
        switch (accepted.getAnswerCase()) {
            case PATTERN ->
                Patterns.requireSafe(
                        field + ".pattern.expression", accepted.getPattern().getExpression());
            case TEXT -> {
                if (accepted.getText().getValue().isBlank()) {
                    throw invalid(field + ".text.value", "must not be blank");
                }
            }
            case NUMBER -> {
                var number = accepted.getNumber();
                if (number.getToleranceIsPercent() && new BigDecimal(number.getValue()).signum() == 0) {
                    throw invalid(field + ".number.tolerance_is_percent", "percent of 0 are 0: say how far instead");
                }
            }
            case ANSWER_NOT_SET -> throw invalid(field + ".answer", "must be set");
        }
    }

    private static EssayForm checked(EssayForm form) {
        if (form.getMaxWords() != 0 && form.getMaxWords() < form.getMinWords()) {
            throw invalid("form.essay.max_words", "must not be below min_words");
        }
        return form.toBuilder()
                .setGradingNotes(SafeHtml.of(form.getGradingNotes()))
                .build();
    }

    private static CodeForm safe(CodeForm form) {
        return form.toBuilder()
                .setGradingNotes(SafeHtml.of(form.getGradingNotes()))
                .build();
    }

    private static List<QuestionOption> safe(List<QuestionOption> options) {
        return options.stream()
                .map(option -> option.toBuilder()
                        .setText(SafeHtml.of(option.getText()))
                        .setFeedback(SafeHtml.of(option.getFeedback()))
                        .build())
                .toList();
    }

    private static void requireEachOnce(String field, List<QuestionOption> options) {
        var seen = new HashSet<String>();
        for (int index = 0; index < options.size(); index++) {
            if (!seen.add(options.get(index).getId())) {
                throw invalid(field + "[" + index + "].id", "must be there once");
            }
        }
    }

    private static void requireOption(String field, List<QuestionOption> options, String id) {
        if (options.stream().noneMatch(option -> option.getId().equals(id))) {
            throw invalid(field, "must be the id of an option");
        }
    }

    private static RuntimeException invalid(String field, String message) {
        return Errors.invalid(ErrorReason.ERROR_REASON_VALIDATION_FAILED, field, message);
    }
}
