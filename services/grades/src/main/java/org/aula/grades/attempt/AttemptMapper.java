package org.aula.grades.attempt;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aula.api.assignments.v1.LearnerOption;
import org.aula.api.assignments.v1.LearnerQuestion;
import org.aula.api.assignments.v1.Question;
import org.aula.api.assignments.v1.QuestionForm;
import org.aula.api.assignments.v1.QuestionOption;
import org.aula.api.assignments.v1.QuestionType;
import org.aula.api.grades.v1.Attempt;
import org.aula.api.grades.v1.AttemptQuestion;
import org.aula.api.grades.v1.AttemptStatus;
import org.aula.api.grades.v1.QuestionResult;
import org.aula.grades.attempt.AttemptReader.Shown;
import org.aula.grades.attempt.AttemptReader.ShownAttempt;
import org.aula.grades.quiz.QuizVersion.Asked;
import org.aula.kernel.time.Times;
import org.jspecify.annotations.Nullable;

/// Attempts as messages.
public final class AttemptMapper {

    private static final int CHARACTERS = 500;

    private AttemptMapper() {}

    /// An attempt without its questions.
    public static Attempt toProto(org.aula.grades.attempt.Attempt attempt) {
        return builder(attempt).build();
    }

    static Attempt toProto(ShownAttempt shown) {
        return builder(shown.attempt())
                .addAllQuestions(
                        shown.questions().stream().map(AttemptMapper::question).toList())
                .build();
    }

    /// The status that a filter names; null for any.
    static org.aula.grades.attempt.Attempt.@Nullable Status filter(AttemptStatus status) {
        return switch (status) {
            case ATTEMPT_STATUS_IN_PROGRESS -> org.aula.grades.attempt.Attempt.Status.IN_PROGRESS;
            case ATTEMPT_STATUS_SUBMITTED -> org.aula.grades.attempt.Attempt.Status.SUBMITTED;
            case ATTEMPT_STATUS_GRADED -> org.aula.grades.attempt.Attempt.Status.GRADED;
            case ATTEMPT_STATUS_UNSPECIFIED, UNRECOGNIZED -> null;
        };
    }

    static @Nullable UUID idOrNull(String id) {
        return id.isEmpty() ? null : UUID.fromString(id);
    }

    /// The contract's question as it was published.
    public static Question written(org.aula.grades.quiz.Question question) {
        try {
            return Question.parseFrom(question.written());
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("a published question does not parse", broken);
        }
    }

    private static Attempt.Builder builder(org.aula.grades.attempt.Attempt attempt) {
        var lesson = attempt.lessonId();
        var message = Attempt.newBuilder()
                .setId(attempt.id().toString())
                .setQuizId(attempt.quizId().toString())
                .setQuizVersion(attempt.quizVersion())
                .setCourseId(attempt.courseId().toString())
                .setLessonId(lesson == null ? "" : lesson.toString())
                .setUserId(attempt.userId().toString())
                .setEnrollmentId(attempt.enrollmentId().toString())
                .setNumber(attempt.number())
                .setStatus(status(attempt.status()))
                .setScore(attempt.score().doubleValue())
                .setMaxScore(attempt.maxScore().doubleValue())
                .setPassed(Boolean.TRUE.equals(attempt.passed()))
                .setStartTime(Times.timestamp(attempt.startedAt()))
                .setTimedOut(attempt.timedOut())
                .setFeedback(attempt.feedback());
        if (attempt.timeSpentSeconds() != null) {
            message.setTimeSpent(Times.duration(Duration.ofSeconds(attempt.timeSpentSeconds())));
        }
        if (attempt.endAt() != null) {
            message.setEndTime(Times.timestamp(attempt.endAt()));
        }
        if (attempt.submittedAt() != null) {
            message.setSubmitTime(Times.timestamp(attempt.submittedAt()));
        }
        if (attempt.gradedAt() != null) {
            message.setGradeTime(Times.timestamp(attempt.gradedAt()));
        }
        return message;
    }

    private static AttemptStatus status(org.aula.grades.attempt.Attempt.Status status) {
        return switch (status) {
            case IN_PROGRESS -> AttemptStatus.ATTEMPT_STATUS_IN_PROGRESS;
            case SUBMITTED -> AttemptStatus.ATTEMPT_STATUS_SUBMITTED;
            case GRADED -> AttemptStatus.ATTEMPT_STATUS_GRADED;
        };
    }

    private static AttemptQuestion question(Shown shown) {
        var message = AttemptQuestion.newBuilder().setQuestion(learners(shown.asked()));
        var response = shown.response();
        if (response != null) {
            if (response.answer() != null) {
                message.setAnswer(AnswerMapper.toProto(response.questionId(), response.answer()));
            }
            if (shown.showsResult()) {
                message.setResult(result(response));
            }
            if (shown.forGrader()) {
                message.setResponseId(response.id().toString());
            }
        }
        if (shown.key() != null) {
            var key = written(shown.key());
            message.setExplanation(key.getExplanation())
                    .setKey(shown.forGrader() ? key.getForm() : withoutNotes(key.getForm()));
        }
        return message.build();
    }

    private static QuestionResult result(Response response) {
        return QuestionResult.newBuilder()
                .setPoints(response.points().doubleValue())
                .setMaxPoints(response.maxPoints().doubleValue())
                .setCorrect(response.isCorrect())
                .setPending(response.state() == Response.State.PENDING)
                .setGradedByHand(!response.autoGraded())
                .setFeedback(response.feedback())
                .build();
    }

    /// Learners may see a solution, not what graders are told to look for.
    private static QuestionForm withoutNotes(QuestionForm form) {
        return switch (form.getFormCase()) {
            case ESSAY ->
                form.toBuilder()
                        .setEssay(form.getEssay().toBuilder().clearGradingNotes())
                        .build();
            case CODE ->
                form.toBuilder()
                        .setCode(form.getCode().toBuilder().clearGradingNotes())
                        .build();
            case TRUE_FALSE, SINGLE_CHOICE, MULTIPLE_CHOICE, SHORT_ANSWER, FORM_NOT_SET -> form;
        };
    }

    /// What is asked, without keys, and options in the attempt's order.
    private static LearnerQuestion learners(Asked asked) {
        var question = written(asked.question());
        var form = question.getForm();
        var message = LearnerQuestion.newBuilder()
                .setId(question.getId())
                .setText(question.getText())
                .setPoints(asked.question().points());
        switch (form.getFormCase()) {
            case TRUE_FALSE -> message.setType(QuestionType.QUESTION_TYPE_TRUE_FALSE);
            case SINGLE_CHOICE ->
                message.setType(QuestionType.QUESTION_TYPE_SINGLE_CHOICE)
                        .addAllOptions(options(asked, form.getSingleChoice().getOptionsList()));
            case MULTIPLE_CHOICE ->
                message.setType(QuestionType.QUESTION_TYPE_MULTIPLE_CHOICE)
                        .addAllOptions(options(asked, form.getMultipleChoice().getOptionsList()));
            case SHORT_ANSWER -> {
                var letters = form.getShortAnswer().getMaxCharacters();
                message.setType(QuestionType.QUESTION_TYPE_SHORT_ANSWER)
                        .setMaxCharacters(letters == 0 ? CHARACTERS : letters);
            }
            case ESSAY ->
                message.setType(QuestionType.QUESTION_TYPE_ESSAY)
                        .setMinWords(form.getEssay().getMinWords())
                        .setMaxWords(form.getEssay().getMaxWords());
            case CODE ->
                message.setType(QuestionType.QUESTION_TYPE_CODE)
                        .setLanguage(form.getCode().getLanguage())
                        .setStarterCode(form.getCode().getStarterCode());
            case FORM_NOT_SET -> throw new IllegalStateException("a published question has no form");
        }
        return message.build();
    }

    private static List<LearnerOption> options(Asked asked, List<QuestionOption> options) {
        var byName = options.stream().collect(Collectors.toMap(QuestionOption::getId, Function.identity()));
        return asked.options().stream()
                .map(byName::get)
                .map(option -> LearnerOption.newBuilder()
                        .setId(option.getId())
                        .setText(option.getText())
                        .build())
                .toList();
    }
}
