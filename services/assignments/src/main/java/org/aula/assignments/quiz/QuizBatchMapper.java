package org.aula.assignments.quiz;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.aula.api.assignments.v1.BatchCreateQuizzesRequest;
import org.aula.api.assignments.v1.BatchCreateQuizzesResponse;
import org.aula.api.assignments.v1.NewQuiz;
import org.aula.api.assignments.v1.QuestionRefusal;
import org.aula.assignments.draft.Quiz;
import org.aula.assignments.draft.QuizAccess;
import org.aula.assignments.question.Question;
import org.aula.assignments.question.QuestionMapper;
import org.aula.assignments.quiz.QuizBatch.Entry;
import org.aula.assignments.quiz.QuizBatch.Refusal;
import org.aula.kernel.error.ServiceException;

/// Quizzes that are made together, out of their message, and what became of each.
final class QuizBatchMapper {

    private QuizBatchMapper() {}

    /// @throws ServiceException INVALID_ARGUMENT with VALIDATION_FAILED, FAILED_PRECONDITION with TOO_LARGE
    static QuizBatch create(BatchCreateQuizzesRequest request, Instant now) {
        var courseId = UUID.fromString(request.getCourseId());
        var entries = new ArrayList<Entry>();
        var refusals = new ArrayList<Refusal>();
        for (var index = 0; index < request.getQuizzesCount(); index++) {
            var asked = request.getQuizzes(index);
            var quiz = QuizMapper.create(asked, courseId, now);
            var questions = questions(asked, quiz.id(), index, refusals);
            if (!questions.isEmpty()) {
                entries.add(entry(index, asked, quiz, questions));
            }
        }
        return new QuizBatch(courseId, request.getPublish(), request.getQuizzesCount(), entries, refusals);
    }

    static BatchCreateQuizzesResponse toProto(QuizBatch batch) {
        var ids = new ArrayList<>(Collections.nCopies(batch.size(), ""));
        batch.entries()
                .forEach(entry -> ids.set(entry.index(), entry.quiz().id().toString()));
        return BatchCreateQuizzesResponse.newBuilder()
                .addAllQuizIds(ids)
                .addAllRefusals(
                        batch.refusals().stream().map(QuizBatchMapper::toProto).toList())
                .build();
    }

    private static QuestionRefusal toProto(Refusal refusal) {
        return QuestionRefusal.newBuilder()
                .setQuizIndex(refusal.quiz())
                .setQuestionIndex(refusal.question())
                .setMessage(refusal.message())
                .build();
    }

    private static Entry entry(int index, NewQuiz asked, Quiz quiz, List<Question> questions) {
        QuizAccess.requireNotTooLarge(
                questions.stream().mapToLong(Question::bytes).sum());
        var settings = asked.hasSettings() ? QuizMapper.fromProto(asked.getSettings()) : quiz.settings();
        var points = questions.stream().mapToInt(Question::points).sum();
        return new Entry(index, quiz.with(settings, points, questions.size()), questions);
    }

    /// Those that can be taken; the others are told.
    private static List<Question> questions(NewQuiz asked, UUID quizId, int quizIndex, List<Refusal> refusals) {
        var questions = new ArrayList<Question>();
        for (var index = 0; index < asked.getQuestionsCount(); index++) {
            try {
                questions.add(QuestionMapper.create(asked.getQuestions(index), quizId, questions.size()));
            } catch (ServiceException refused) {
                refusals.add(new Refusal(quizIndex, index, refused.status().getMessage()));
            }
        }
        return questions;
    }
}
