package org.aula.enrollments.enrollment;

import com.google.protobuf.Duration;
import java.util.List;
import java.util.UUID;
import org.aula.api.enrollments.v1.CompletedLessons;
import org.aula.api.enrollments.v1.EnrollmentSource;
import org.aula.api.enrollments.v1.EnrollmentStatus;
import org.aula.api.enrollments.v1.LessonProgressStatus;
import org.aula.kernel.time.Times;
import org.jspecify.annotations.Nullable;

/// To and from the contract's messages.
public final class EnrollmentProtos {

    private EnrollmentProtos() {}

    static org.aula.api.enrollments.v1.Enrollment message(Enrollment enrollment, List<LessonProgress> lessons) {
        var message = org.aula.api.enrollments.v1.Enrollment.newBuilder()
                .setId(enrollment.id().toString())
                .setUserId(enrollment.userId().toString())
                .setCourseId(enrollment.courseId().toString())
                .setStatus(status(enrollment.status()))
                .setSource(source(enrollment.source()))
                .setProgressPercentage(enrollment.percentage().doubleValue())
                .setCreateTime(Times.timestamp(enrollment.createdAt()))
                .setEtag(Long.toString(enrollment.version()));
        if (enrollment.startedAt() != null) {
            message.setStartTime(Times.timestamp(enrollment.startedAt()));
        }
        if (enrollment.completedAt() != null) {
            message.setCompleteTime(Times.timestamp(enrollment.completedAt()));
        }
        if (enrollment.lastAccessedAt() != null) {
            message.setLastAccessTime(Times.timestamp(enrollment.lastAccessedAt()));
        }
        lessons.forEach(lesson -> message.addLessons(message(lesson)));
        return message.build();
    }

    public static org.aula.api.enrollments.v1.LessonProgress message(LessonProgress progress) {
        var message = org.aula.api.enrollments.v1.LessonProgress.newBuilder()
                .setLessonId(progress.lessonId().toString())
                .setStatus(status(progress.status()))
                .setTimeSpent(duration(progress.timeSpent()))
                .setPosition(duration(progress.position()))
                .setLastAccessTime(Times.timestamp(progress.lastAccessedAt()));
        if (progress.completedAt() != null) {
            message.setCompleteTime(Times.timestamp(progress.completedAt()));
        }
        return message.build();
    }

    /// Null for any. Validation has refused what the contract does not know.
    static Enrollment.@Nullable Status filter(EnrollmentStatus status) {
        return switch (status) {
            case ENROLLMENT_STATUS_UNSPECIFIED, UNRECOGNIZED -> null;
            case ENROLLMENT_STATUS_ENROLLED -> Enrollment.Status.ENROLLED;
            case ENROLLMENT_STATUS_IN_PROGRESS -> Enrollment.Status.IN_PROGRESS;
            case ENROLLMENT_STATUS_PAUSED -> Enrollment.Status.PAUSED;
            case ENROLLMENT_STATUS_COMPLETED -> Enrollment.Status.COMPLETED;
            case ENROLLMENT_STATUS_DROPPED -> Enrollment.Status.DROPPED;
            case ENROLLMENT_STATUS_REFUNDED -> Enrollment.Status.REFUNDED;
            case ENROLLMENT_STATUS_EXPIRED -> Enrollment.Status.EXPIRED;
        };
    }

    static EnrollmentSource source(Enrollment.Source source) {
        return switch (source) {
            case PURCHASE -> EnrollmentSource.ENROLLMENT_SOURCE_PURCHASE;
            case GIFT -> EnrollmentSource.ENROLLMENT_SOURCE_GIFT;
            case ADMIN -> EnrollmentSource.ENROLLMENT_SOURCE_ADMIN;
            case FREE -> EnrollmentSource.ENROLLMENT_SOURCE_FREE;
            case BULK -> EnrollmentSource.ENROLLMENT_SOURCE_BULK;
        };
    }

    static java.time.Duration duration(Duration duration) {
        return java.time.Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
    }

    private static EnrollmentStatus status(Enrollment.Status status) {
        return switch (status) {
            case ENROLLED -> EnrollmentStatus.ENROLLMENT_STATUS_ENROLLED;
            case IN_PROGRESS -> EnrollmentStatus.ENROLLMENT_STATUS_IN_PROGRESS;
            case PAUSED -> EnrollmentStatus.ENROLLMENT_STATUS_PAUSED;
            case COMPLETED -> EnrollmentStatus.ENROLLMENT_STATUS_COMPLETED;
            case DROPPED -> EnrollmentStatus.ENROLLMENT_STATUS_DROPPED;
            case REFUNDED -> EnrollmentStatus.ENROLLMENT_STATUS_REFUNDED;
            case EXPIRED -> EnrollmentStatus.ENROLLMENT_STATUS_EXPIRED;
        };
    }

    private static LessonProgressStatus status(LessonProgress.Status status) {
        return switch (status) {
            case NOT_STARTED -> LessonProgressStatus.LESSON_PROGRESS_STATUS_NOT_STARTED;
            case IN_PROGRESS -> LessonProgressStatus.LESSON_PROGRESS_STATUS_IN_PROGRESS;
            case COMPLETED -> LessonProgressStatus.LESSON_PROGRESS_STATUS_COMPLETED;
        };
    }

    private static Duration duration(java.time.Duration duration) {
        return Duration.newBuilder()
                .setSeconds(duration.getSeconds())
                .setNanos(duration.getNano())
                .build();
    }

    /// Those of a course's lessons that are completed.
    static CompletedLessons completed(UUID courseId, List<LessonProgress> lessons) {
        return CompletedLessons.newBuilder()
                .setCourseId(courseId.toString())
                .addAllLessonIds(lessons.stream()
                        .filter(LessonProgress::isCompleted)
                        .map(lesson -> lesson.lessonId().toString())
                        .toList())
                .build();
    }
}
