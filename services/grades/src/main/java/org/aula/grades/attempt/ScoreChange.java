package org.aula.grades.attempt;

import io.micronaut.data.annotation.MappedEntity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A change of an attempt's score.
///
/// @param questionId null when the whole attempt was graded
/// @param actor a user's id, or a service
@MappedEntity("score_changes")
public record ScoreChange(
        UUID id,
        UUID attemptId,
        @Nullable UUID questionId,
        Kind kind,
        String actor,
        BigDecimal fromScore,
        BigDecimal toScore,
        BigDecimal maxScore,
        int quizVersion,
        Instant changedAt) {

    /// As in the contract, without prefix.
    public enum Kind {
        SUBMIT,
        HAND,
        REGRADE
    }
}
