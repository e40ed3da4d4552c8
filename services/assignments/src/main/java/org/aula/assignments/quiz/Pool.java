package org.aula.assignments.quiz;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.aula.api.assignments.v1.ErrorReason;
import org.aula.assignments.draw.Draw;
import org.aula.assignments.question.Question;
import org.aula.assignments.question.QuestionRepository.Pooled;
import org.aula.kernel.error.Errors;

/// What a draw draws from.
///
/// @param questions by id
record Pool(Draw draw, List<Question> questions) {

    Pool {
        questions = List.copyOf(questions);
    }

    /// The pools of a quiz. None is too small and no question is in two, so that each draw of an attempt
    /// can be by chance alone and no attempt has a question twice.
    ///
    /// @throws org.aula.kernel.error.ServiceException FAILED_PRECONDITION with DRAW_TOO_SMALL or
    ///     DRAWS_OVERLAP
    static List<Pool> of(List<Draw> draws, List<Pooled> found) {
        var byDraw = new HashMap<UUID, List<Question>>();
        var drawOf = new HashMap<UUID, UUID>();
        for (var pooled : found) {
            var other = drawOf.put(pooled.question().id(), pooled.drawId());
            if (other != null) {
                throw overlap(other, pooled);
            }
            byDraw.computeIfAbsent(pooled.drawId(), id -> new ArrayList<>()).add(pooled.question());
        }
        return draws.stream()
                .map(draw -> new Pool(draw, byDraw.getOrDefault(draw.id(), List.of())))
                .peek(Pool::requireEnough)
                .toList();
    }

    private void requireEnough() {
        if (questions.size() < draw.count()) {
            throw Errors.failedPrecondition(
                    ErrorReason.ERROR_REASON_DRAW_TOO_SMALL,
                    "a draw finds fewer questions than it draws",
                    Map.of(
                            "draw_id", draw.id().toString(),
                            "count", Integer.toString(draw.count()),
                            "found", Integer.toString(questions.size())));
        }
    }

    private static RuntimeException overlap(UUID other, Pooled pooled) {
        return Errors.failedPrecondition(
                ErrorReason.ERROR_REASON_DRAWS_OVERLAP,
                "two draws find the same question; tell them apart by tags or difficulty",
                Map.of(
                        "draw_ids",
                        other + " " + pooled.drawId(),
                        "question_id",
                        pooled.question().id().toString()));
    }
}
