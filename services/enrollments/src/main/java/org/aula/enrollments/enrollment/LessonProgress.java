package org.aula.enrollments.enrollment;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How far a learner is in one lesson that was opened.
///
/// @param timeSpent whole seconds
/// @param position from the beginning of the lesson's video, whole seconds
record LessonProgress(
        UUID enrollmentId,
        UUID lessonId,
        Status status,
        Duration timeSpent,
        Duration position,
        Instant firstAccessedAt,
        Instant lastAccessedAt,
        @Nullable Instant completedAt) {

    /// As in the contract, without prefix.
    enum Status {
        NOT_STARTED,
        IN_PROGRESS,
        COMPLETED
    }

    /// A lesson that is opened now.
    static LessonProgress opened(UUID enrollmentId, UUID lessonId, Instant now) {
        return new LessonProgress(
                enrollmentId, lessonId, Status.IN_PROGRESS, Duration.ZERO, Duration.ZERO, now, now, null);
    }

    /// The first heartbeat, about time before anything was known of this lesson: taken as it was sent.
    static LessonProgress begun(UUID enrollmentId, UUID lessonId, Duration position, Duration spent, Instant now) {
        return new LessonProgress(
                enrollmentId, lessonId, Status.IN_PROGRESS, whole(spent), whole(position), now, now, null);
    }

    /// A further heartbeat. No more time is added than has passed since the last one. Parts of a second are
    /// not lost: they count as not yet accounted for, so that heartbeats that arrive a little early add up.
    LessonProgress recorded(Duration newPosition, Duration spent, Instant now) {
        var elapsed = Duration.between(lastAccessedAt, now);
        var passed = whole(elapsed.isNegative() ? Duration.ZERO : elapsed);
        var fillsTheTime = whole(spent).compareTo(passed) >= 0;
        var added = fillsTheTime ? passed : whole(spent);
        return new LessonProgress(
                enrollmentId,
                lessonId,
                status == Status.COMPLETED ? status : Status.IN_PROGRESS,
                timeSpent.plus(added),
                whole(newPosition),
                firstAccessedAt,
                fillsTheTime ? lastAccessedAt.plus(passed) : now,
                completedAt);
    }

    boolean isCompleted() {
        return status == Status.COMPLETED;
    }

    LessonProgress completed(Instant now) {
        return new LessonProgress(
                enrollmentId, lessonId, Status.COMPLETED, timeSpent, position, firstAccessedAt, lastAccessedAt, now);
    }

    private static Duration whole(Duration duration) {
        return Duration.ofSeconds(duration.toSeconds());
    }
}
