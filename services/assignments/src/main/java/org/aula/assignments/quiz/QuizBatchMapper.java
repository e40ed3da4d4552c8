package org.aula.assignments.quiz;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.aula.api.assignments.v1.BatchCreateQuizzesRequest;
import org.aula.api.assignments.v1.BatchCreateQuizzesResponse;
import org.aula.api.assignments.v1.NewQuiz;
import org.aula.api.assignments.v1.QuestionRefusal;
import org.aula.assignments.draft.Quiz;
import org.aula.assignments.draft.QuizAccess;
import org.aula.assignments.question.Question;
import org.aula.assignments.question.QuestionMapper;
import org.aula.kernel.error.ServiceException;

/// Quizzes that are made together, out of their message.
///
/// @param entries those that have a question left
/// @param lessons that the entries are in, by the names of their fields
/// @param answer that is given once they are made
record QuizBatchMapper(
        UUID courseId,
        boolean publish,
        List<Entry> entries,
        Map<String, UUID> lessons,
        BatchCreateQuizzesResponse answer) {

    /// A quiz with its questions in order.
    record Entry(Quiz quiz, List<Question> questions) {}

    /// @throws ServiceException INVALID_ARGUMENT with VALIDATION_FAILED, FAILED_PRECONDITION with TOO_LARGE
    static QuizBatchMapper of(BatchCreateQuizzesRequest request, Instant now) {
        var courseId = UUID.fromString(request.getCourseId());
        var entries = new ArrayList<Entry>();
        var lessons = new LinkedHashMap<String, UUID>();
        var answer = BatchCreateQuizzesResponse.newBuilder();
        for (var place = 0; place < request.getQuizzesCount(); place++) {
            var asked = request.getQuizzes(place);
            var quiz = QuizMapper.create(asked, courseId, now);
            var questions = questions(asked, quiz.id(), place, answer);
            answer.addQuizIds(questions.isEmpty() ? "" : quiz.id().toString());
            if (!questions.isEmpty()) {
                entries.add(entry(asked, quiz, questions));
                if (quiz.lessonId() != null) {
                    lessons.put("quizzes[" + place + "].lesson_id", quiz.lessonId());
                }
            }
        }
        return new QuizBatchMapper(courseId, request.getPublish(), entries, lessons, answer.build());
    }

    private static Entry entry(NewQuiz asked, Quiz quiz, List<Question> questions) {
        QuizAccess.requireNotTooLarge(
                questions.stream().mapToLong(Question::bytes).sum());
        var settings = asked.hasSettings() ? QuizMapper.fromProto(asked.getSettings()) : quiz.settings();
        var points = questions.stream().mapToInt(Question::points).sum();
        return new Entry(quiz.with(settings, points, questions.size()), questions);
    }

    /// Those that can be taken; the others are told.
    private static List<Question> questions(
            NewQuiz asked, UUID quizId, int place, BatchCreateQuizzesResponse.Builder answer) {
        var questions = new ArrayList<Question>();
        for (var index = 0; index < asked.getQuestionsCount(); index++) {
            try {
                questions.add(QuestionMapper.create(asked.getQuestions(index), quizId, questions.size()));
            } catch (ServiceException refused) {
                answer.addRefusals(QuestionRefusal.newBuilder()
                        .setQuizIndex(place)
                        .setQuestionIndex(index)
                        .setMessage(refused.status().getMessage()));
            }
        }
        return questions;
    }
}
