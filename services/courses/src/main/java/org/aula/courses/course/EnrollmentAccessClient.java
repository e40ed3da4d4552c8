package org.aula.courses.course;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.aula.api.enrollments.v1.BatchGetCompletedLessonsRequest;
import org.aula.api.enrollments.v1.CheckAccessRequest;
import org.aula.api.enrollments.v1.EnrollmentServiceGrpc;
import org.aula.api.enrollments.v1.EnrollmentServiceGrpc.EnrollmentServiceFutureStub;
import org.aula.kernel.client.Calls;
import org.aula.kernel.client.Channels;

/// Asks the enrollments service who may read a course's lessons, and what they have completed. No
/// transaction may be open meanwhile.
///
/// Every method throws [org.aula.kernel.error.UpstreamException] when the enrollments service does not
/// answer.
@Singleton
public final class EnrollmentAccessClient {

    private final Channels channels;

    EnrollmentAccessClient(Channels channels) {
        this.channels = channels;
    }

    /// Those of the courses, 200 at most, that an enrollment opens to this user.
    public Set<UUID> readable(UUID userId, Collection<UUID> courseIds) {
        var request = CheckAccessRequest.newBuilder()
                .setUserId(userId.toString())
                .addAllCourseIds(courseIds.stream().map(UUID::toString).toList())
                .build();
        return Calls.await("enrollments", stub().checkAccess(request)).getCourseIdsList().stream()
                .map(UUID::fromString)
                .collect(Collectors.toSet());
    }

    /// The lessons that a user has completed, by course; only courses, of 200 at most, that an enrollment
    /// opens to this user are in it.
    public Map<UUID, Set<UUID>> completed(UUID userId, Collection<UUID> courseIds) {
        var request = BatchGetCompletedLessonsRequest.newBuilder()
                .setUserId(userId.toString())
                .addAllCourseIds(courseIds.stream().map(UUID::toString).toList())
                .build();
        return Calls.await("enrollments", stub().batchGetCompletedLessons(request)).getCoursesList().stream()
                .collect(Collectors.toMap(
                        course -> UUID.fromString(course.getCourseId()),
                        course -> course.getLessonIdsList().stream()
                                .map(UUID::fromString)
                                .collect(Collectors.toSet())));
    }

    private EnrollmentServiceFutureStub stub() {
        return EnrollmentServiceGrpc.newFutureStub(channels.channel("enrollments"));
    }
}
