package org.aula.courses.lesson;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.enrollments.v1.CheckAccessRequest;
import org.aula.api.enrollments.v1.EnrollmentServiceGrpc;
import org.aula.kernel.client.Calls;
import org.aula.kernel.client.Channels;

/// Asks the enrollments service who may read a course's lessons.
@Singleton
final class EnrollmentAccessClient {

    private final Channels channels;

    EnrollmentAccessClient(Channels channels) {
        this.channels = channels;
    }

    /// Whether an enrolment opens the course to this user.
    ///
    /// @throws org.aula.kernel.error.UpstreamException when the enrollments service does not answer
    boolean mayRead(UUID userId, UUID courseId) {
        var request = CheckAccessRequest.newBuilder()
                .setUserId(userId.toString())
                .addCourseIds(courseId.toString())
                .build();
        var enrollments = EnrollmentServiceGrpc.newFutureStub(channels.channel("enrollments"));
        return Calls.await("enrollments", enrollments.checkAccess(request))
                .getCourseIdsList()
                .contains(courseId.toString());
    }
}
