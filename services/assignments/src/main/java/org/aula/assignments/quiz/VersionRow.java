package org.aula.assignments.quiz;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A published version as it is kept. Public because statements bind its methods by name.
///
/// @param number 1 for the first
/// @param document the contract's QuizVersion, with keys
/// @param summary the contract's LearnerQuiz, without
public record VersionRow(
        UUID quizId,
        int number,
        UUID courseId,
        @Nullable UUID lessonId,
        String title,
        int totalPoints,
        boolean mandatory,
        byte[] document,
        byte[] summary,
        Instant publishedAt) {}
