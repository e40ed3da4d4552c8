package org.aula.enrollments.enrollment;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.aula.api.enrollments.v1.ErrorReason;
import org.aula.kernel.error.Errors;
import org.jspecify.annotations.Nullable;

/// A learner's place in a course.
///
/// @param id UUIDv7
/// @param percentage completed mandatory lessons of all mandatory ones, 0 to 100 with two decimals
/// @param startedAt when a lesson was first opened
/// @param completedAt when the last mandatory lesson was completed
/// @param expiresAt when access ends; null for never
/// @param version rises when the status or the percentage changes
record Enrollment(
        UUID id,
        UUID userId,
        UUID courseId,
        Status status,
        Source source,
        BigDecimal percentage,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        @Nullable Instant lastAccessedAt,
        @Nullable Instant expiresAt,
        long version) {

    /// As in the contract, without prefix.
    enum Status {
        ENROLLED,
        IN_PROGRESS,
        PAUSED,
        COMPLETED,
        DROPPED,
        REFUNDED,
        EXPIRED;

        /// Whether the lessons may be read. A pause is the learner's own choice and shuts nothing.
        boolean opensLessons() {
            return switch (this) {
                case ENROLLED, IN_PROGRESS, PAUSED, COMPLETED -> true;
                case DROPPED, REFUNDED, EXPIRED -> false;
            };
        }
    }

    /// As in the contract, without prefix.
    enum Source {
        PURCHASE,
        GIFT,
        ADMIN,
        FREE,
        BULK
    }

    /// A free course, just taken.
    static Enrollment free(UUID id, UUID userId, UUID courseId, Instant now) {
        return new Enrollment(
                id,
                userId,
                courseId,
                Status.ENROLLED,
                Source.FREE,
                new BigDecimal("0.00"),
                now,
                null,
                null,
                null,
                null,
                1);
    }

    /// The status as it is at a moment: past its time it is expired, also before anybody has written so.
    Status statusAt(Instant now) {
        var isOver = expiresAt != null && !expiresAt.isAfter(now);
        return isOver && status.opensLessons() ? Status.EXPIRED : status;
    }

    /// Whether the lessons may be read and worked on.
    boolean isActive(Instant now) {
        return statusAt(now).opensLessons();
    }

    /// @throws org.aula.kernel.error.ServiceException ENROLLMENT_NOT_ACTIVE with `status`
    void requireActive(Instant now) {
        if (!isActive(now)) {
            throw Errors.failedPrecondition(
                    ErrorReason.ERROR_REASON_ENROLLMENT_NOT_ACTIVE,
                    "the enrolment does not allow this any more",
                    Map.of("status", statusAt(now).name()));
        }
    }

    /// The learner is at work on a lesson: it begins, or goes on after a pause. A completed one stays
    /// completed.
    Enrollment accessed(Instant now) {
        var next = status == Status.COMPLETED ? Status.COMPLETED : Status.IN_PROGRESS;
        return new Enrollment(
                id,
                userId,
                courseId,
                next,
                source,
                percentage,
                createdAt,
                startedAt == null ? now : startedAt,
                completedAt,
                now,
                expiresAt,
                next == status ? version : version + 1);
    }

    /// A lesson was completed and this much of the course is done now. A course without mandatory lessons
    /// is never done.
    Enrollment advanced(Completion completion, Instant now) {
        var ends = status != Status.COMPLETED && completion.isWhole();
        return new Enrollment(
                id,
                userId,
                courseId,
                ends ? Status.COMPLETED : status,
                source,
                completion.percentage(),
                createdAt,
                startedAt,
                ends ? now : completedAt,
                lastAccessedAt,
                expiresAt,
                version + 1);
    }
}
