package org.aula.assignments.question;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;
import org.aula.api.assignments.v1.CreateQuestionRequest;
import org.aula.api.assignments.v1.ListBankQuestionsRequest;
import org.aula.api.assignments.v1.NewQuestion;
import org.aula.api.assignments.v1.UpdateQuestionRequest;
import org.aula.assignments.course.Refusals;
import org.aula.assignments.course.SettingsMapper;
import org.aula.assignments.html.SafeHtml;
import org.aula.kernel.change.Updates;
import org.jspecify.annotations.Nullable;

/// Questions to and from messages. HTML is made safe on its way in.
public final class QuestionMapper {

    private QuestionMapper() {}

    /// A question that was just asked for, at place 0.
    static Question create(CreateQuestionRequest request) {
        var question = org.aula.api.assignments.v1.Question.newBuilder()
                .setId(UuidCreator.getTimeOrderedEpoch().toString())
                .setQuizId(request.getQuizId())
                .setBankId(request.getBankId())
                .setText(request.getText())
                .setForm(request.getForm())
                .setPoints(request.getPoints())
                .setExplanation(request.getExplanation())
                .addAllTags(request.getTagsList())
                .setDifficulty(request.getDifficulty())
                .setEtag("1")
                .build();
        return checked(question);
    }

    /// A question that is made with its quiz.
    ///
    /// @param sortOrder in the quiz, ascending from 0
    /// @throws org.aula.kernel.error.ServiceException INVALID_ARGUMENT with VALIDATION_FAILED or
    ///     PATTERN_INVALID, FAILED_PRECONDITION with TOO_LARGE
    public static Question create(NewQuestion asked, UUID quizId, int sortOrder) {
        return checked(org.aula.api.assignments.v1.Question.newBuilder()
                .setId(UuidCreator.getTimeOrderedEpoch().toString())
                .setQuizId(quizId.toString())
                .setText(asked.getText())
                .setForm(asked.getForm())
                .setPoints(asked.getPoints())
                .setExplanation(asked.getExplanation())
                .addAllTags(asked.getTagsList())
                .setDifficulty(asked.getDifficulty())
                .setSortOrder(sortOrder)
                .setEtag("1")
                .build());
    }

    /// A question after what the mask names was changed; the same when that changes nothing.
    static Question update(Question before, UpdateQuestionRequest request) {
        var wanted = org.aula.api.assignments.v1.Question.newBuilder()
                .setText(request.getText())
                .setPoints(request.getPoints())
                .setExplanation(request.getExplanation())
                .addAllTags(request.getTagsList())
                .setDifficulty(request.getDifficulty());
        if (request.hasForm()) {
            wanted.setForm(request.getForm());
        }
        var merged = Updates.merge(toProto(before), wanted.build(), request.getUpdateMask());
        var after = checked(merged);
        return after.equals(before) ? before : after.next();
    }

    public static org.aula.api.assignments.v1.Question toProto(Question question) {
        return org.aula.api.assignments.v1.Question.newBuilder()
                .setId(question.id().toString())
                .setQuizId(SettingsMapper.text(question.quizId()))
                .setBankId(SettingsMapper.text(question.bankId()))
                .setText(question.text())
                .setForm(FormMapper.fromJson(question.form()))
                .setPoints(question.points())
                .setExplanation(question.explanation())
                .addAllTags(question.tags())
                .setDifficulty(toProto(question.difficulty()))
                .setSortOrder(question.sortOrder())
                .setEtag(Long.toString(question.version()))
                .build();
    }

    public static Difficulty fromProto(org.aula.api.assignments.v1.Difficulty difficulty) {
        return switch (difficulty) {
            case DIFFICULTY_EASY -> Difficulty.EASY;
            case DIFFICULTY_MEDIUM -> Difficulty.MEDIUM;
            case DIFFICULTY_HARD -> Difficulty.HARD;
            case DIFFICULTY_UNSPECIFIED, UNRECOGNIZED -> Difficulty.UNSPECIFIED;
        };
    }

    public static org.aula.api.assignments.v1.Difficulty toProto(Difficulty difficulty) {
        return org.aula.api.assignments.v1.Difficulty.valueOf("DIFFICULTY_" + difficulty.name());
    }

    /// What a list of a bank's questions shows.
    ///
    /// @param after the last one that was read; null for the first page
    public static QuestionRepository.BankQuery query(
            ListBankQuestionsRequest request, @Nullable UUID after, int limit) {
        return new QuestionRepository.BankQuery(
                UUID.fromString(request.getBankId()),
                request.getTagsList(),
                fromProto(request.getDifficulty()),
                type(request),
                after,
                limit);
    }

    private static @Nullable QuestionType type(ListBankQuestionsRequest request) {
        return switch (request.getType()) {
            case QUESTION_TYPE_SINGLE_CHOICE -> QuestionType.SINGLE_CHOICE;
            case QUESTION_TYPE_MULTIPLE_CHOICE -> QuestionType.MULTIPLE_CHOICE;
            case QUESTION_TYPE_TRUE_FALSE -> QuestionType.TRUE_FALSE;
            case QUESTION_TYPE_SHORT_ANSWER -> QuestionType.SHORT_ANSWER;
            case QUESTION_TYPE_ESSAY -> QuestionType.ESSAY;
            case QUESTION_TYPE_CODE -> QuestionType.CODE;
            case QUESTION_TYPE_UNSPECIFIED, UNRECOGNIZED -> null;
        };
    }

    private static Question checked(org.aula.api.assignments.v1.Question message) {
        var text = SafeHtml.of(message.getText());
        Refusals.requireText("text", text);
        if (message.getPoints() == 0) {
            throw SettingsMapper.invalid("points", "must not be 0");
        }
        var form = FormMapper.checked(message.getForm());
        var question = new Question(
                UUID.fromString(message.getId()),
                SettingsMapper.id(message.getQuizId()),
                SettingsMapper.id(message.getBankId()),
                text,
                FormMapper.type(form),
                FormMapper.toJson(form),
                message.getPoints(),
                SafeHtml.of(message.getExplanation()),
                message.getTagsList(),
                fromProto(message.getDifficulty()),
                message.getSortOrder(),
                Long.parseLong(message.getEtag()));
        question.requireNotTooLarge();
        return question;
    }
}
