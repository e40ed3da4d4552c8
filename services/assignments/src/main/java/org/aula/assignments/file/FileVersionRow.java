package org.aula.assignments.file;

import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A published version as it is kept.
///
/// @param number 1 for the first
/// @param document the contract's FileAssignmentVersion
@MappedEntity("file_assignment_versions")
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
