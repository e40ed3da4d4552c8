package org.aula.assignments.file;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A published version as it is kept. Public because statements bind its methods by name.
///
/// @param number 1 for the first
/// @param document the contract's FileAssignmentVersion
public record FileVersionRow(
        UUID fileAssignmentId,
        int number,
        UUID courseId,
        @Nullable UUID lessonId,
        String title,
        int points,
        boolean mandatory,
        byte[] document,
        Instant publishedAt) {}
