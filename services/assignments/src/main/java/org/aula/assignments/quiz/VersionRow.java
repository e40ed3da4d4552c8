package org.aula.assignments.quiz;

import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A published version as it is kept.
///
/// @param number 1 for the first
/// @param document the contract's QuizVersion, with keys
/// @param summary the contract's LearnerQuiz, without
@MappedEntity("quiz_versions")
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
