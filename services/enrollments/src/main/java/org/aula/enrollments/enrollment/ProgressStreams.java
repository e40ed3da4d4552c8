package org.aula.enrollments.enrollment;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.aula.api.enrollments.v1.CourseCompleted;
import org.aula.api.enrollments.v1.EnrollmentStatusChanged;
import org.aula.api.enrollments.v1.LessonCompleted;
import org.aula.api.enrollments.v1.UserEnrolled;
import org.aula.api.enrollments.v1.WatchCourseProgressResponse;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.stream.LiveSource;
import org.aula.kernel.stream.LiveStreams;
import org.aula.kernel.stream.ServerStream;
import org.aula.kernel.stream.Topic;

/// Streams of how learners get on in a course.
@Singleton
public final class ProgressStreams {

    private final EnrollmentReader reader;
    private final LiveStreams streams;
    private final Topic progress;

    ProgressStreams(EnrollmentReader reader, LiveStreams streams) {
        this.reader = reader;
        this.streams = streams;
        this.progress = streams.topic()
                .on(UserEnrolled.getDefaultInstance(), event -> key(event.getUserId(), event.getCourseId()))
                .on(EnrollmentStatusChanged.getDefaultInstance(), event -> key(event.getUserId(), event.getCourseId()))
                .on(LessonCompleted.getDefaultInstance(), event -> key(event.getUserId(), event.getCourseId()))
                .on(CourseCompleted.getDefaultInstance(), event -> key(event.getUserId(), event.getCourseId()));
    }

    /// The caller's enrollment in a course with its progress by lesson; refuses those who have none with
    /// ENROLLMENT_NOT_FOUND.
    public ServerStream<WatchCourseProgressResponse> watch(UUID courseId) {
        var userId = CallScope.current().requireUser();
        return streams.watch(
                progress,
                key(userId.toString(), courseId.toString()),
                LiveSource.ofState(() -> WatchCourseProgressResponse.newBuilder()
                        .setEnrollment(EnrollmentMapper.toProto(find(userId, courseId)))
                        .build()));
    }

    private EnrollmentDetails find(UUID userId, UUID courseId) {
        return reader.findByCourses(userId, List.of(courseId), true).stream()
                .findFirst()
                .orElseThrow(() -> EnrollmentService.notFoundIn(courseId));
    }

    private static String key(String userId, String courseId) {
        return userId + ' ' + courseId;
    }
}
