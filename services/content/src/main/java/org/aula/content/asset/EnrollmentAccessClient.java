package org.aula.content.asset;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.aula.api.enrollments.v1.CheckAccessRequest;
import org.aula.api.enrollments.v1.EnrollmentServiceGrpc;
import org.aula.kernel.client.Calls;
import org.aula.kernel.client.Channels;

/// Asks `enrollments` whose lessons a user may read.
@Singleton
final class EnrollmentAccessClient {

    private final Channels channels;

    EnrollmentAccessClient(Channels channels) {
        this.channels = channels;
    }

    /// Those of the courses (at most 200, each once) whose lessons the user may read. Asks nobody when
    /// there are none.
    Set<UUID> readable(UUID userId, Collection<UUID> courseIds) {
        if (courseIds.isEmpty()) {
            return Set.of();
        }
        var request = CheckAccessRequest.newBuilder()
                .setUserId(userId.toString())
                .addAllCourseIds(courseIds.stream().map(UUID::toString).toList())
                .build();
        var stub = EnrollmentServiceGrpc.newFutureStub(channels.channel("enrollments"));
        return Calls.await("enrollments", stub.checkAccess(request)).getCourseIdsList().stream()
                .map(UUID::fromString)
                .collect(Collectors.toUnmodifiableSet());
    }
}
