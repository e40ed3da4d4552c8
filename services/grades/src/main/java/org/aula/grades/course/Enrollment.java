package org.aula.grades.course;

import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A learner's place in a course.
///
/// @param status as `enrollments` calls it
@MappedEntity("learners")
record Enrollment(UUID id, String status, @Nullable Instant expiresAt) {

    /// Those that open lessons: a pause is the learner's own choice and shuts nothing.
    private static final Set<String> OPEN = Set.of("ENROLLED", "IN_PROGRESS", "PAUSED", "COMPLETED");

    boolean isOpen(Instant now) {
        return OPEN.contains(status) && (expiresAt == null || expiresAt.isAfter(now));
    }
}
