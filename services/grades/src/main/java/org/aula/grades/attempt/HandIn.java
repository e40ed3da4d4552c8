package org.aula.grades.attempt;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.aula.grades.attempt.Settlement.Cause;
import org.aula.grades.paper.Answer;
import org.aula.grades.paper.Mark;
import org.aula.grades.paper.Paper;
import org.jdbi.v3.core.Handle;

/// Hands an attempt in with what was saved and what comes with it, and grades what needs no person.
@Singleton
final class HandIn {

    private final ResponseRepository responses;
    private final Settlement settlement;

    HandIn(ResponseRepository responses, Settlement settlement) {
        this.responses = responses;
        this.settlement = settlement;
    }

    /// @param before locked and under way
    /// @param given answers that were not saved before, by question; they go before those that were
    /// @param submitted as it is when it is handed in
    /// @param paper the attempt's own version
    Answered run(Handle handle, Attempt before, Attempt submitted, Map<UUID, Answer> given, Paper paper, Instant now) {
        var answers = new HashMap<UUID, Answer>();
        for (var response : responses.list(handle, before.id())) {
            var answer = response.answer();
            if (answer != null) {
                answers.put(response.questionId(), answer);
            }
        }
        answers.putAll(given);
        var marked = paper.draw(before.seed()).stream()
                .map(asked -> new Response.Marked(
                        asked.question().id(),
                        given.get(asked.question().id()),
                        Mark.of(asked.question(), answers.get(asked.question().id())),
                        BigDecimal.valueOf(asked.question().points())))
                .toList();
        var graded = responses.mark(handle, before.id(), marked, now);
        var cause = new Cause(ScoreChange.Kind.SUBMIT, null, now);
        return new Answered(
                settlement.settle(handle, before, submitted, Attempt.Total.of(graded), paper, cause), graded);
    }
}
