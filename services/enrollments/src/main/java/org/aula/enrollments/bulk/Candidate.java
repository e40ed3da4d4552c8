package org.aula.enrollments.bulk;

import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.aula.enrollments.enrollment.Enrollment;
import org.jspecify.annotations.Nullable;

/// A line whose learner and course exist.
///
/// @param line its number
/// @param id of the enrollment that it would become
/// @param expiresAt when access would end; null for never
record Candidate(
        long line,
        UUID id,
        UUID userId,
        UUID courseId,
        @Nullable Instant expiresAt) {

    /// A learner and a course, between whom there is one enrollment at most.
    @MappedEntity("enrollment_keys")
    record Pair(UUID userId, UUID courseId) {}

    Pair pair() {
        return new Pair(userId, courseId);
    }

    Enrollment enrollment(Instant now) {
        return Enrollment.begun(id, userId, courseId, Enrollment.Source.BULK, expiresAt, now);
    }
}
