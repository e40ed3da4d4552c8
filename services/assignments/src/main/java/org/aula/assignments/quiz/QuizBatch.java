package org.aula.assignments.quiz;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.aula.assignments.draft.Quiz;
import org.aula.assignments.question.Question;

/// Quizzes that are made together.
///
/// @param size how many were asked for
/// @param entries those that have a question left
/// @param refusals of questions that cannot be taken
record QuizBatch(UUID courseId, boolean publish, int size, List<Entry> entries, List<Refusal> refusals) {

    QuizBatch {
        entries = List.copyOf(entries);
        refusals = List.copyOf(refusals);
    }

    /// A quiz with its questions in order.
    ///
    /// @param index among those that were asked for
    record Entry(int index, Quiz quiz, List<Question> questions) {
        Entry {
            questions = List.copyOf(questions);
        }
    }

    /// Why a question is left out.
    ///
    /// @param quiz index of its quiz
    /// @param question its index in the quiz
    record Refusal(int quiz, int question, String message) {}

    /// Lessons that the entries are in, by the names of their fields.
    Map<String, UUID> lessons() {
        var lessons = new LinkedHashMap<String, UUID>();
        for (var entry : entries) {
            var lessonId = entry.quiz().lessonId();
            if (lessonId != null) {
                lessons.put("quizzes[" + entry.index() + "].lesson_id", lessonId);
            }
        }
        return lessons;
    }
}
