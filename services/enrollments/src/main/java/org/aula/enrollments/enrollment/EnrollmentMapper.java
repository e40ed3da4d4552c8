package org.aula.enrollments.enrollment;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.aula.api.enrollments.v1.EnrollmentSource;
import org.aula.api.enrollments.v1.EnrollmentStatus;
import org.aula.api.enrollments.v1.GrantEnrollmentRequest;
import org.aula.api.enrollments.v1.LessonProgressStatus;
import org.aula.api.enrollments.v1.ListCourseEnrollmentsRequest;
import org.aula.kernel.time.Times;
import org.jspecify.annotations.Nullable;

/// To and from the contract's messages.
public final class EnrollmentMapper {

    private EnrollmentMapper() {}

    /// An enrollment without progress by lesson.
    public static org.aula.api.enrollments.v1.Enrollment toProto(Enrollment enrollment) {
        return toProto(new EnrollmentDetails(enrollment, List.of()));
    }

    static org.aula.api.enrollments.v1.Enrollment toProto(EnrollmentDetails details) {
        var enrollment = details.enrollment();
        var message = org.aula.api.enrollments.v1.Enrollment.newBuilder()
                .setId(enrollment.id().toString())
                .setUserId(enrollment.userId().toString())
                .setCourseId(enrollment.courseId().toString())
                .setStatus(toProto(enrollment.status()))
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
        if (enrollment.expiresAt() != null) {
            message.setExpireTime(Times.timestamp(enrollment.expiresAt()));
        }
        details.lessons().forEach(lesson -> message.addLessons(toProto(lesson)));
        return message.build();
    }

    public static org.aula.api.enrollments.v1.LessonProgress toProto(LessonProgress progress) {
        var message = org.aula.api.enrollments.v1.LessonProgress.newBuilder()
                .setEnrollmentId(progress.enrollmentId().toString())
                .setLessonId(progress.lessonId().toString())
                .setStatus(toProto(progress.status()))
                .setTimeSpent(Times.duration(progress.timeSpent()))
                .setPosition(Times.duration(progress.position()))
                .setLastAccessTime(Times.timestamp(progress.lastAccessedAt()));
        if (progress.completedAt() != null) {
            message.setCompleteTime(Times.timestamp(progress.completedAt()));
        }
        if (progress.score() != null) {
            message.setScore(progress.score().doubleValue());
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

    static EnrollmentService.Terms terms(GrantEnrollmentRequest request) {
        var expiresAt = request.hasExpireTime() ? Times.instant(request.getExpireTime()) : null;
        return new EnrollmentService.Terms(
                source(request.getSource()),
                expiresAt == null ? null : expiresAt.truncatedTo(ChronoUnit.MICROS),
                true,
                request.getWaivePrerequisites());
    }

    static CourseEnrollmentRepository.Filter filter(ListCourseEnrollmentsRequest request) {
        return new CourseEnrollmentRepository.Filter(
                UUID.fromString(request.getCourseId()),
                request.getStatusesList().stream()
                        .map(status -> Objects.requireNonNull(filter(status)))
                        .toList(),
                request.getSourcesList().stream().map(EnrollmentMapper::source).toList());
    }

    /// Validation has refused what the contract does not know.
    static Enrollment.Source source(EnrollmentSource source) {
        return switch (source) {
            case ENROLLMENT_SOURCE_PURCHASE -> Enrollment.Source.PURCHASE;
            case ENROLLMENT_SOURCE_GIFT -> Enrollment.Source.GIFT;
            case ENROLLMENT_SOURCE_ADMIN -> Enrollment.Source.ADMIN;
            case ENROLLMENT_SOURCE_FREE -> Enrollment.Source.FREE;
            case ENROLLMENT_SOURCE_BULK -> Enrollment.Source.BULK;
            case ENROLLMENT_SOURCE_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException("no source: " + source);
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

    static EnrollmentStatus toProto(Enrollment.Status status) {
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

    private static LessonProgressStatus toProto(LessonProgress.Status status) {
        return switch (status) {
            case NOT_STARTED -> LessonProgressStatus.LESSON_PROGRESS_STATUS_NOT_STARTED;
            case IN_PROGRESS -> LessonProgressStatus.LESSON_PROGRESS_STATUS_IN_PROGRESS;
            case COMPLETED -> LessonProgressStatus.LESSON_PROGRESS_STATUS_COMPLETED;
        };
    }
}
