package org.aula.assignments.draft;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How a quiz is taken and graded.
///
/// @param instructions safe HTML
/// @param passingPercentage two decimals
/// @param timeLimit whole seconds; null for no limit
/// @param maxAttempts 0 for any number
/// @param openAt null for at once
/// @param closeAt null for never; after openAt
public record QuizSettings(
        String instructions,
        BigDecimal passingPercentage,
        @Nullable Duration timeLimit,
        int maxAttempts,
        @Nullable Instant openAt,
        @Nullable Instant closeAt,
        boolean shuffleQuestions,
        boolean shuffleOptions,
        ShowAnswers showAnswers,
        boolean mandatory) {

    private static final BigDecimal USUAL_PASS = new BigDecimal("70.00");

    /// Of a quiz that was just made.
    static final QuizSettings USUAL =
            new QuizSettings("", USUAL_PASS, null, 1, null, null, false, false, ShowAnswers.AFTER_SUBMIT, false);
}
