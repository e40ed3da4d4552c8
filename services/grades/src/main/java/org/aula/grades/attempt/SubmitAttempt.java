package org.aula.grades.attempt;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.aula.grades.attempt.ScoreUpdate.Cause;
import org.aula.grades.quiz.Answer;
import org.aula.grades.quiz.AutoGrade;
import org.aula.grades.quiz.QuizVersion;

/// Hands an attempt in with what was saved and what comes with it, and grades what needs no person.
@Singleton
final class SubmitAttempt {

    private final ResponseRepository responses;
    private final ScoreUpdate scoreUpdate;

    SubmitAttempt(ResponseRepository responses, ScoreUpdate scoreUpdate) {
        this.responses = responses;
        this.scoreUpdate = scoreUpdate;
    }

    /// @param before locked and under way
    /// @param given answers that were not saved before, by question; they go before those that were
    /// @param submitted as it is when it is handed in
    /// @param quizVersion the attempt's own version
    AttemptWithResponses run(
            Attempt before, Attempt submitted, Map<UUID, Answer> given, QuizVersion quizVersion, Instant now) {
        var answers = new HashMap<UUID, Answer>();
        for (var response : responses.list(before.id())) {
            var answer = response.answer();
            if (answer != null) {
                answers.put(response.questionId(), answer);
            }
        }
        answers.putAll(given);
        var marked = quizVersion.draw(before.seed()).stream()
                .map(asked -> new Response.Marked(
                        asked.question().id(),
                        given.get(asked.question().id()),
                        AutoGrade.of(
                                asked.question(), answers.get(asked.question().id())),
                        BigDecimal.valueOf(asked.question().points())))
                .toList();
        var graded = responses.mark(before.id(), marked, now);
        var cause = new Cause(ScoreChange.Kind.SUBMIT, null, now);
        return new AttemptWithResponses(
                scoreUpdate.apply(before, submitted, Attempt.Total.of(graded), quizVersion, cause), graded);
    }
}
