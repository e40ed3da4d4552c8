package org.aula.enrollments.enrollment;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How far a learner is in one lesson that was opened.
///
/// @param timeSpent whole seconds
/// @param position from the beginning of the lesson's video, whole seconds
/// @param attempts how often the learner began it, at least once
/// @param score the best result in its quiz or assignment, 0 to 100 with two decimals; null while none is
///     known
public record LessonProgress(
        UUID enrollmentId,
        UUID lessonId,
        Status status,
        Duration timeSpent,
        Duration position,
        Instant firstAccessedAt,
        Instant lastAccessedAt,
        @Nullable Instant completedAt,
        int attempts,
        Instant lastAttemptAt,
        @Nullable BigDecimal score) {

    /// As in the contract, without prefix.
    public enum Status {
        NOT_STARTED,
        IN_PROGRESS,
        COMPLETED
    }

    /// A lesson that is opened now.
    static LessonProgress opened(UUID enrollmentId, UUID lessonId, Instant now) {
        return new LessonProgress(
                enrollmentId, lessonId, Status.IN_PROGRESS, Duration.ZERO, Duration.ZERO, now, now, null, 1, now, null);
    }

    /// A heartbeat.
    ///
    /// @param counted the time that the learner's clock allows for it
    LessonProgress recorded(Duration newPosition, Duration counted, Instant now) {
        return new LessonProgress(
                enrollmentId,
                lessonId,
                status == Status.COMPLETED ? status : Status.IN_PROGRESS,
                timeSpent.plus(counted),
                LearningClock.whole(newPosition),
                firstAccessedAt,
                now,
                completedAt,
                attempts,
                lastAttemptAt,
                score);
    }

    /// The learner begins it once more. What was completed stays so.
    LessonProgress restarted(Instant now) {
        return new LessonProgress(
                enrollmentId,
                lessonId,
                status,
                timeSpent,
                Duration.ZERO,
                firstAccessedAt,
                now,
                completedAt,
                attempts + 1,
                now,
                score);
    }

    /// Its quiz or assignment was graded. Of several results the best counts.
    LessonProgress graded(BigDecimal result) {
        return new LessonProgress(
                enrollmentId,
                lessonId,
                status,
                timeSpent,
                position,
                firstAccessedAt,
                lastAccessedAt,
                completedAt,
                attempts,
                lastAttemptAt,
                score == null ? result : score.max(result));
    }

    boolean isCompleted() {
        return status == Status.COMPLETED;
    }

    LessonProgress completed(Instant now) {
        return new LessonProgress(
                enrollmentId,
                lessonId,
                Status.COMPLETED,
                timeSpent,
                position,
                firstAccessedAt,
                lastAccessedAt,
                now,
                attempts,
                lastAttemptAt,
                score);
    }
}
