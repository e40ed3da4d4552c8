package org.aula.grades.attempt;

import io.micronaut.data.annotation.MappedEntity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.aula.grades.quiz.Answer;
import org.aula.grades.quiz.AutoGrade;
import org.jspecify.annotations.Nullable;

/// What an attempt has for one of its questions.
///
/// @param answer null for nothing
/// @param autoGraded whether no person graded it
/// @param claimedBy who grades it, until `claimedUntil`
@MappedEntity("quiz_responses")
public record Response(
        UUID id,
        UUID attemptId,
        UUID questionId,
        @Nullable Answer answer,
        State state,
        BigDecimal points,
        BigDecimal maxPoints,
        String feedback,
        boolean autoGraded,
        @Nullable UUID claimedBy,
        @Nullable Instant claimedUntil) {

    /// Where an answer stands.
    public enum State {
        /// The attempt is under way.
        SAVED,
        /// A person has to look at it.
        PENDING,
        /// It is graded.
        GRADED
    }

    /// What an answer was found to be worth.
    ///
    /// @param given an answer that comes with its mark; null for the one that is kept, if there is one
    public record Marked(UUID questionId, @Nullable Answer given, AutoGrade mark, BigDecimal maxPoints) {

        State state() {
            return mark.pending() ? State.PENDING : State.GRADED;
        }
    }

    /// An answer that a learner gives.
    ///
    /// @param field of the request that has it, for a refusal
    record Given(UUID questionId, Answer answer, String field) {}

    /// An answer as it is kept.
    record Saved(UUID questionId, Answer answer, int maxPoints) {}

    public boolean isCorrect() {
        return state == State.GRADED && points.compareTo(maxPoints) == 0;
    }

    /// Whether somebody else is grading it.
    public boolean isClaimedFrom(UUID grader, Instant now) {
        return claimedBy != null && claimedUntil != null && !claimedBy.equals(grader) && claimedUntil.isAfter(now);
    }
}
