package org.aula.assignments.draft;

import io.micronaut.data.annotation.MappedEntity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A quiz as a row of `quizzes` is written.
@MappedEntity("quizzes")
record QuizRow(
        UUID id,
        UUID courseId,
        @Nullable UUID lessonId,
        String title,
        String description,
        String instructions,
        BigDecimal passingScorePercentage,
        @Nullable Integer timeLimitSeconds,
        int maxAttempts,
        @Nullable Instant openAt,
        @Nullable Instant closeAt,
        boolean shuffleQuestions,
        boolean shuffleOptions,
        ShowAnswers showAnswers,
        boolean mandatory,
        Instant createdAt,
        Instant updatedAt,
        int totalPoints,
        int questionCount,
        String status,
        int publishedVersion,
        @Nullable Instant publishedAt,
        long version) {

    static QuizRow of(Quiz quiz) {
        var settings = quiz.settings();
        var limit = settings.timeLimit();
        return new QuizRow(
                quiz.id(),
                quiz.courseId(),
                quiz.lessonId(),
                quiz.title(),
                quiz.description(),
                settings.instructions(),
                settings.passingPercentage(),
                limit == null ? null : Math.toIntExact(limit.toSeconds()),
                settings.maxAttempts(),
                settings.openAt(),
                settings.closeAt(),
                settings.shuffleQuestions(),
                settings.shuffleOptions(),
                settings.showAnswers(),
                settings.mandatory(),
                quiz.createdAt(),
                quiz.updatedAt(),
                quiz.totalPoints(),
                quiz.questionCount(),
                quiz.status().name(),
                quiz.publishedVersion(),
                quiz.publishedAt(),
                quiz.version());
    }
}
