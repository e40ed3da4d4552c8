package org.aula.grades.quiz;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.aula.api.assignments.v1.AcceptedAnswer;
import org.aula.api.assignments.v1.AcceptedNumber;
import org.aula.api.assignments.v1.AcceptedPattern;
import org.aula.api.assignments.v1.MultipleChoiceForm;
import org.aula.api.assignments.v1.PartialCredit;
import org.aula.api.assignments.v1.QuestionOption;
import org.aula.api.assignments.v1.QuizPool;
import org.aula.api.assignments.v1.QuizSettings;
import org.aula.api.assignments.v1.QuizVersionItem;
import org.aula.api.assignments.v1.ShortAnswerForm;
import org.aula.api.assignments.v1.ShowAnswers;
import org.aula.api.assignments.v1.SingleChoiceForm;
import org.aula.grades.quiz.QuestionForm.Accepted;
import org.aula.grades.quiz.QuestionForm.Key;
import org.aula.kernel.time.Times;

/// Published versions of quizzes as `assignments` keeps them, and as this service uses them.
final class QuizVersionMapper {

    private static final int CHARACTERS = 500;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private QuizVersionMapper() {}

    static QuizVersion fromBytes(byte[] document) {
        org.aula.api.assignments.v1.QuizVersion version;
        try {
            version = org.aula.api.assignments.v1.QuizVersion.parseFrom(document);
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("a published version does not parse", broken);
        }
        return new QuizVersion(
                UUID.fromString(version.getQuizId()),
                version.getVersion(),
                UUID.fromString(version.getCourseId()),
                version.getLessonId().isEmpty() ? null : UUID.fromString(version.getLessonId()),
                version.getTitle(),
                rules(version.getSettings()),
                version.getTotalPoints(),
                version.getItemsList().stream().map(QuizVersionMapper::item).toList());
    }

    private static QuizVersion.Rules rules(QuizSettings settings) {
        return new QuizVersion.Rules(
                BigDecimal.valueOf(settings.getPassingPercentage()).setScale(2, RoundingMode.HALF_UP),
                settings.hasTimeLimit() ? Times.duration(settings.getTimeLimit()) : null,
                settings.getMaxAttempts(),
                settings.hasOpenTime() ? Times.instant(settings.getOpenTime()) : null,
                settings.hasCloseTime() ? Times.instant(settings.getCloseTime()) : null,
                settings.getShuffleQuestions(),
                settings.getShuffleOptions(),
                showAnswers(settings.getShowAnswers()));
    }

    private static QuizVersion.ShowAnswers showAnswers(ShowAnswers rule) {
        return switch (rule) {
            case SHOW_ANSWERS_AFTER_SUBMIT -> QuizVersion.ShowAnswers.AFTER_SUBMIT;
            case SHOW_ANSWERS_AFTER_CLOSE -> QuizVersion.ShowAnswers.AFTER_CLOSE;
            case SHOW_ANSWERS_AFTER_PASS -> QuizVersion.ShowAnswers.AFTER_PASS;
            case SHOW_ANSWERS_NEVER, SHOW_ANSWERS_UNSPECIFIED, UNRECOGNIZED -> QuizVersion.ShowAnswers.NEVER;
        };
    }

    private static QuizVersion.Item item(QuizVersionItem item) {
        return switch (item.getItemCase()) {
            case QUESTION -> new QuizVersion.Item.Fixed(question(item.getQuestion()));
            case POOL -> pool(item.getPool());
            case ITEM_NOT_SET -> throw new IllegalStateException("a published item is neither question nor pool");
        };
    }

    private static QuizVersion.Item pool(QuizPool pool) {
        return new QuizVersion.Item.Pool(
                pool.getDraw().getCount(),
                pool.getQuestionsList().stream()
                        .map(question -> question(question).worth(pool.getDraw().getPointsEach()))
                        .toList());
    }

    private static Question question(org.aula.api.assignments.v1.Question question) {
        return new Question(
                UUID.fromString(question.getId()),
                question.getPoints(),
                form(question.getForm()),
                question.toByteString());
    }

    private static QuestionForm form(org.aula.api.assignments.v1.QuestionForm form) {
        return switch (form.getFormCase()) {
            case TRUE_FALSE -> new QuestionForm.TrueFalse(form.getTrueFalse().getCorrect());
            case SINGLE_CHOICE -> single(form.getSingleChoice());
            case MULTIPLE_CHOICE -> multiple(form.getMultipleChoice());
            case SHORT_ANSWER -> shortAnswer(form.getShortAnswer());
            case ESSAY -> new QuestionForm.Essay();
            case CODE -> new QuestionForm.Code();
            case FORM_NOT_SET -> throw new IllegalStateException("a published question has no form");
        };
    }

    private static QuestionForm single(SingleChoiceForm form) {
        return new QuestionForm.Choice(
                names(form.getOptionsList()),
                Set.of(form.getCorrectOptionId()),
                true,
                QuestionForm.PartialCredit.ALL_OR_NOTHING,
                form.getKeepOrder());
    }

    private static QuestionForm multiple(MultipleChoiceForm form) {
        return new QuestionForm.Choice(
                names(form.getOptionsList()),
                Set.copyOf(form.getCorrectOptionIdsList()),
                false,
                partialCredit(form.getPartialCredit()),
                form.getKeepOrder());
    }

    private static QuestionForm.PartialCredit partialCredit(PartialCredit rule) {
        return switch (rule) {
            case PARTIAL_CREDIT_PER_OPTION -> QuestionForm.PartialCredit.PER_OPTION;
            case PARTIAL_CREDIT_RIGHT_MINUS_WRONG -> QuestionForm.PartialCredit.RIGHT_MINUS_WRONG;
            case PARTIAL_CREDIT_ALL_OR_NOTHING, PARTIAL_CREDIT_UNSPECIFIED, UNRECOGNIZED ->
                QuestionForm.PartialCredit.ALL_OR_NOTHING;
        };
    }

    private static List<String> names(List<QuestionOption> options) {
        return options.stream().map(QuestionOption::getId).toList();
    }

    private static QuestionForm shortAnswer(ShortAnswerForm form) {
        return new QuestionForm.ShortAnswer(
                form.getAcceptedList().stream().map(QuizVersionMapper::accepted).toList(),
                form.getMaxCharacters() == 0 ? CHARACTERS : form.getMaxCharacters());
    }

    private static Accepted accepted(AcceptedAnswer answer) {
        var key = switch (answer.getAnswerCase()) {
            case TEXT ->
                new Key.Words(
                        answer.getText().getValue(),
                        answer.getText().getCaseSensitive(),
                        answer.getText().getIgnoreAccents());
            case PATTERN -> expression(answer.getPattern());
            case NUMBER -> number(answer.getNumber());
            case ANSWER_NOT_SET -> throw new IllegalStateException("a published key is empty");
        };
        return new Accepted(key, answer.getCreditPercent());
    }

    private static Key expression(AcceptedPattern pattern) {
        return new Key.Expression(
                Pattern.compile(pattern.getExpression(), pattern.getCaseSensitive() ? 0 : Pattern.CASE_INSENSITIVE));
    }

    private static Key number(AcceptedNumber number) {
        var value = new BigDecimal(number.getValue());
        var tolerance = number.getTolerance().isEmpty() ? BigDecimal.ZERO : new BigDecimal(number.getTolerance());
        return new Key.Number(
                value,
                number.getToleranceIsPercent() ? value.abs().multiply(tolerance).divide(HUNDRED) : tolerance);
    }
}
