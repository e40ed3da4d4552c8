package org.aula.courses.review;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.enrollments.v1.CheckAccessRequest;
import org.aula.api.enrollments.v1.EnrollmentServiceGrpc;
import org.aula.kernel.client.Calls;
import org.aula.kernel.client.Channels;

/// Asks the enrollments service who has taken a course.
@Singleton
final class EnrollmentClient {

    /// How a learner stands to a course.
    enum Standing {
        /// Never enrolled.
        STRANGER,
        /// Was enrolled, and that is over.
        FORMER,
        /// Is enrolled, or has completed it.
        LEARNER
    }

    private final Channels channels;

    EnrollmentClient(Channels channels) {
        this.channels = channels;
    }

    /// @throws org.aula.kernel.error.UpstreamException when the enrollments service does not answer
    Standing standing(UUID userId, UUID courseId) {
        var request = CheckAccessRequest.newBuilder()
                .setUserId(userId.toString())
                .addCourseIds(courseId.toString())
                .build();
        var enrollments = EnrollmentServiceGrpc.newFutureStub(channels.channel("enrollments"));
        var access = Calls.await("enrollments", enrollments.checkAccess(request));
        if (access.getCourseIdsList().contains(courseId.toString())) {
            return Standing.LEARNER;
        }
        return access.getEnrolledCourseIdsList().contains(courseId.toString()) ? Standing.FORMER : Standing.STRANGER;
    }
}
