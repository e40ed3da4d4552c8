package org.aula.analytics.learning;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.aula.api.common.v1.EventEnvelope;
import org.aula.api.enrollments.v1.CourseCompleted;
import org.aula.api.enrollments.v1.LessonCompleted;
import org.aula.api.enrollments.v1.UserEnrolled;
import org.jspecify.annotations.Nullable;

/// Rows out of the contract's events.
final class LearningMapper {

    /// What is counted.
    static final List<Message> TYPES = List.of(
            UserEnrolled.getDefaultInstance(),
            LessonCompleted.getDefaultInstance(),
            CourseCompleted.getDefaultInstance());

    private LearningMapper() {}

    static LearningEvent fromEvent(EventEnvelope envelope) {
        var payload = envelope.getPayload();
        try {
            if (payload.is(LessonCompleted.class)) {
                var event = payload.unpack(LessonCompleted.class);
                return row(
                        envelope,
                        event.getUserId(),
                        event.getCourseId(),
                        event.getEnrollmentId(),
                        UUID.fromString(event.getLessonId()),
                        event.getTimeSpentSeconds());
            }
            if (payload.is(UserEnrolled.class)) {
                var event = payload.unpack(UserEnrolled.class);
                return row(envelope, event.getUserId(), event.getCourseId(), event.getEnrollmentId(), null, 0);
            }
            var event = payload.unpack(CourseCompleted.class);
            return row(envelope, event.getUserId(), event.getCourseId(), event.getEnrollmentId(), null, 0);
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("the event " + envelope.getEventId() + " does not parse", broken);
        }
    }

    private static LearningEvent row(
            EventEnvelope envelope,
            String userId,
            String courseId,
            String enrollmentId,
            @Nullable UUID lessonId,
            long timeSpentSeconds) {
        return new LearningEvent(
                UUID.fromString(envelope.getEventId()),
                envelope.getType().substring(envelope.getType().lastIndexOf('.') + 1),
                UUID.fromString(userId),
                UUID.fromString(courseId),
                UUID.fromString(enrollmentId),
                lessonId,
                timeSpentSeconds,
                Instant.ofEpochSecond(
                        envelope.getOccurredAt().getSeconds(),
                        envelope.getOccurredAt().getNanos()));
    }
}
