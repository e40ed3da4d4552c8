package org.aula.assignments.course;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.enrollments.v1.CheckAccessRequest;
import org.aula.api.enrollments.v1.EnrollmentServiceGrpc;
import org.aula.kernel.client.Calls;
import org.aula.kernel.client.Channels;

/// Asks the enrollments service to whom a course is open. No transaction may be open meanwhile.
@Singleton
final class EnrollmentClient {

    private final Channels channels;

    EnrollmentClient(Channels channels) {
        this.channels = channels;
    }

    /// @throws org.aula.kernel.error.UpstreamException when the enrollments service does not answer
    boolean isOpenTo(UUID userId, UUID courseId) {
        var request = CheckAccessRequest.newBuilder()
                .setUserId(userId.toString())
                .addCourseIds(courseId.toString())
                .build();
        var enrollments = EnrollmentServiceGrpc.newFutureStub(channels.channel("enrollments"));
        return Calls.await("enrollments", enrollments.checkAccess(request)).getCourseIdsCount() > 0;
    }
}
