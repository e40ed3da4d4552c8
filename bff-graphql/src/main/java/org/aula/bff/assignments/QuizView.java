package org.aula.bff.assignments;

import org.aula.api.assignments.v1.GetQuizResponse;
import org.aula.api.assignments.v1.Quiz;
import org.aula.api.assignments.v1.ReorderQuizItemsResponse;
import org.jspecify.annotations.Nullable;

/// A quiz with what is known of it.
///
/// @param quiz the quiz
/// @param whole the quiz with its questions and draws; null if it came without them
public record QuizView(Quiz quiz, @Nullable GetQuizResponse whole) {

    /// A quiz that came with its questions and draws.
    static QuizView of(GetQuizResponse whole) {
        return new QuizView(whole.getQuiz(), whole);
    }

    /// The same, in a new order.
    static QuizView of(ReorderQuizItemsResponse ordered) {
        return of(GetQuizResponse.newBuilder()
                .setQuiz(ordered.getQuiz())
                .addAllQuestions(ordered.getQuestionsList())
                .addAllDraws(ordered.getDrawsList())
                .build());
    }

    /// A quiz out of a list, or one that was changed.
    static QuizView of(Quiz quiz) {
        return new QuizView(quiz, null);
    }

    /// The quiz's UUID.
    public String id() {
        return quiz.getId();
    }
}
