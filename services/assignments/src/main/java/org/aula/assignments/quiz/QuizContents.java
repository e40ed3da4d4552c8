package org.aula.assignments.quiz;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.aula.assignments.draft.Quiz;
import org.aula.assignments.draw.Draw;
import org.aula.assignments.draw.DrawRepository;
import org.aula.assignments.question.Question;
import org.aula.assignments.question.QuestionRepository;
import org.jdbi.v3.core.Handle;

/// What is in a quiz.
@Singleton
final class QuizContents {

    /// A quiz with all that is in it.
    ///
    /// @param questions in order
    /// @param draws in order
    record Whole(Quiz quiz, List<Question> questions, List<Draw> draws) {
        Whole {
            questions = List.copyOf(questions);
            draws = List.copyOf(draws);
        }

        /// Ids of all questions and draws.
        List<UUID> itemIds() {
            return Stream.concat(
                            questions.stream().map(Question::id), draws.stream().map(Draw::id))
                    .toList();
        }
    }

    private final QuestionRepository questions;
    private final DrawRepository draws;

    QuizContents(QuestionRepository questions, DrawRepository draws) {
        this.questions = questions;
        this.draws = draws;
    }

    Whole of(Handle handle, Quiz quiz) {
        return new Whole(quiz, questions.ofQuiz(handle, quiz.id()), draws.ofQuiz(handle, quiz.id()));
    }

    /// What the draws of a quiz find now.
    List<Pool> pools(Handle handle, Whole whole) {
        return whole.draws().isEmpty()
                ? List.of()
                : Pool.of(whole.draws(), questions.pools(handle, whole.quiz().id()));
    }
}
