package org.aula.enrollments.enrollment;

import io.micronaut.data.annotation.MappedEntity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.aula.api.enrollments.v1.ErrorReason;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.jspecify.annotations.Nullable;

/// A learner's place in a course.
///
/// @param id UUIDv7
/// @param percentage completed mandatory lessons of all mandatory ones, 0 to 100 with two decimals
/// @param startedAt when a lesson was first opened
/// @param completedAt when the last mandatory lesson was completed
/// @param expiresAt when access ends; null for never
/// @param version rises when the status or the percentage changes
@MappedEntity("enrollments")
public record Enrollment(
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
    public enum Status {
        ENROLLED,
        IN_PROGRESS,
        PAUSED,
        COMPLETED,
        DROPPED,
        REFUNDED,
        EXPIRED;

        /// Whether the lessons may be read. A pause is the learner's own choice and shuts nothing.
        public boolean opensLessons() {
            return switch (this) {
                case ENROLLED, IN_PROGRESS, PAUSED, COMPLETED -> true;
                case DROPPED, REFUNDED, EXPIRED -> false;
            };
        }
    }

    /// As in the contract, without prefix.
    public enum Source {
        PURCHASE,
        GIFT,
        ADMIN,
        FREE,
        BULK
    }

    /// A place that was just given.
    ///
    /// @param expiresAt when access ends; null for never
    public static Enrollment begun(
            UUID id, UUID userId, UUID courseId, Source source, @Nullable Instant expiresAt, Instant now) {
        return new Enrollment(
                id,
                userId,
                courseId,
                Status.ENROLLED,
                source,
                new BigDecimal("0.00"),
                now,
                null,
                null,
                null,
                expiresAt,
                1);
    }

    /// Whether a seat of the course is taken: until it is written that the time is over.
    public boolean holdsSeat() {
        return status.opensLessons();
    }

    /// The enrollment after a step of somebody's; itself when it is there already.
    ///
    /// @throws org.aula.kernel.error.ServiceException ENROLLMENT_NOT_ACTIVE with `status`
    Enrollment moved(Transition move, Instant now) {
        if (move.isDone(status)) {
            return this;
        }
        requireActive(now);
        if (!move.isPossible(status)) {
            throw notActive(status);
        }
        return withStatus(move.target(this));
    }

    /// Its time is over.
    Enrollment expired() {
        return withStatus(Status.EXPIRED);
    }

    /// Taken up again after it had ended, with the progress that was made.
    public Enrollment reopened(Source newSource, @Nullable Instant newExpiresAt) {
        var next = completedAt == null ? begunStatus() : Status.COMPLETED;
        return new Enrollment(
                id,
                userId,
                courseId,
                next,
                newSource,
                percentage,
                createdAt,
                startedAt,
                completedAt,
                lastAccessedAt,
                newExpiresAt,
                version + 1);
    }

    /// As it is before the course is completed.
    Status begunStatus() {
        return startedAt == null ? Status.ENROLLED : Status.IN_PROGRESS;
    }

    private Enrollment withStatus(Status next) {
        return new Enrollment(
                id,
                userId,
                courseId,
                next,
                source,
                percentage,
                createdAt,
                startedAt,
                completedAt,
                lastAccessedAt,
                expiresAt,
                version + 1);
    }

    /// The status as it is at a moment: past its time it is expired, also before anybody has written so.
    public Status statusAt(Instant now) {
        var isOver = expiresAt != null && !expiresAt.isAfter(now);
        return isOver && status.opensLessons() ? Status.EXPIRED : status;
    }

    /// Whether the lessons may be read and worked on.
    public boolean isActive(Instant now) {
        return statusAt(now).opensLessons();
    }

    /// @throws org.aula.kernel.error.ServiceException ENROLLMENT_NOT_ACTIVE with `status`
    void requireActive(Instant now) {
        if (!isActive(now)) {
            throw notActive(statusAt(now));
        }
    }

    private static ServiceException notActive(Status status) {
        return Errors.failedPrecondition(
                ErrorReason.ERROR_REASON_ENROLLMENT_NOT_ACTIVE,
                "the enrollment's status does not allow this",
                Map.of("status", status.name()));
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
