package org.aula.enrollments.enrollment;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import jakarta.inject.Singleton;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.aula.api.common.v1.EventEnvelope;
import org.aula.api.enrollments.v1.EnrollmentStatusChanged;
import org.aula.api.enrollments.v1.UserEnrolled;
import org.aula.kernel.events.BatchConsumer;
import org.aula.kernel.events.CommitListener;

/// Drops what the service's own events make stale: in the process of the change right after its commit; and
/// once more when the stream tells of it, for when that process died or did not reach Redis. While Redis is
/// away the event waits. Dropping twice is harmless, so nothing is recorded.
@Singleton
final class AccessCacheConsumer implements BatchConsumer, CommitListener {

    private final AccessCache cache;

    AccessCacheConsumer(AccessCache cache) {
        this.cache = cache;
    }

    @Override
    public String name() {
        return "enrollments.cache";
    }

    @Override
    public List<Message> types() {
        return List.of(UserEnrolled.getDefaultInstance(), EnrollmentStatusChanged.getDefaultInstance());
    }

    @Override
    public void accept(List<EventEnvelope> batch) throws InvalidProtocolBufferException {
        var users = new LinkedHashSet<String>();
        for (var envelope : batch) {
            var payload = envelope.getPayload();
            users.add(
                    payload.is(UserEnrolled.class)
                            ? payload.unpack(UserEnrolled.class).getUserId()
                            : payload.unpack(EnrollmentStatusChanged.class).getUserId());
        }
        cache.changedSurely(users);
    }

    @Override
    public void committed(Message event) {
        committedAll(List.of(event));
    }

    @Override
    public void committedAll(List<? extends Message> events) {
        var users = events.stream()
                .map(AccessCacheConsumer::user)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        cache.changed(users);
    }

    private static @org.jspecify.annotations.Nullable String user(Message event) {
        return switch (event) {
            case UserEnrolled enrolled -> enrolled.getUserId();
            case EnrollmentStatusChanged changed -> changed.getUserId();
            default -> null;
        };
    }
}
