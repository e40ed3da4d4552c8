package org.aula.enrollments.bulk;

import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A CSV of enrollments to be made.
///
/// @param courseId the course of every line; null when the lines say
@MappedEntity("enrollment_lists")
record EnrollmentList(
        UUID id,
        UUID ownerId,
        @Nullable UUID courseId,
        boolean waivesPrerequisites,
        int partCount,
        long sizeBytes,
        Instant createdAt) {}
