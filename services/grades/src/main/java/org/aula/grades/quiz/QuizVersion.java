package org.aula.grades.quiz;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A published version of a quiz. It never changes.
public record QuizVersion(
        UUID quizId,
        int version,
        UUID courseId,
        @Nullable UUID lessonId,
        String title,
        Rules rules,
        int totalPoints,
        List<Item> items) {

    /// A place in a quiz.
    public sealed interface Item {

        /// A question for everybody.
        record Fixed(Question question) implements Item {}

        /// Questions by chance.
        record Pool(int count, List<Question> questions) implements Item {}
    }

    /// As in the contract, without prefix.
    public enum ShowAnswers {
        NEVER,
        AFTER_SUBMIT,
        AFTER_CLOSE,
        AFTER_PASS
    }

    /// How a quiz is taken and graded.
    ///
    /// @param passingPercentage of the points
    /// @param maxAttempts 0 for any number
    public record Rules(
            BigDecimal passingPercentage,
            @Nullable Duration timeLimit,
            int maxAttempts,
            @Nullable Instant openAt,
            @Nullable Instant closeAt,
            boolean shuffleQuestions,
            boolean shuffleOptions,
            ShowAnswers showAnswers) {

        /// When the time of an attempt that begins now is over; null for never.
        public @Nullable Instant endOf(Instant start) {
            if (timeLimit == null) {
                return closeAt;
            }
            var limit = start.plus(timeLimit);
            return closeAt != null && closeAt.isBefore(limit) ? closeAt : limit;
        }

        /// Whether so many points are enough.
        public boolean isPassed(BigDecimal score, BigDecimal maxScore) {
            return score.movePointRight(2).compareTo(passingPercentage.multiply(maxScore)) >= 0;
        }
    }

    /// The question as this version has it.
    public Optional<Question> question(UUID id) {
        return items.stream()
                .flatMap(item -> switch (item) {
                    case Item.Fixed fixed -> Stream.of(fixed.question());
                    case Item.Pool pool -> pool.questions().stream();
                })
                .filter(question -> question.id().equals(id))
                .findFirst();
    }

    /// What an attempt with this seed is asked.
    public List<Asked> draw(long seed) {
        return new QuestionSelection(seed, rules.shuffleQuestions(), rules.shuffleOptions()).of(items);
    }

    /// A question of an attempt.
    ///
    /// @param options names of a choice's options in the attempt's order; none for other forms
    public record Asked(Question question, List<String> options) {}
}
