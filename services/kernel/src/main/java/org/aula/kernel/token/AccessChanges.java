package org.aula.kernel.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Timestamps;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import org.aula.api.auth.v1.AccessChanged;
import org.aula.api.common.v1.EventEnvelope;
import org.aula.kernel.events.BroadcastConsumer;
import org.aula.kernel.events.BroadcastConsumers;

/// What `auth` has said of rights that changed and of sessions that ended, as far back as an access token
/// can live. Tokens whose rights were read before are stale.
///
/// Every process reads `auth`'s stream for itself, from an hour ago: a replica that starts knows what the
/// others know. While Redis is away nothing new is heard, and a token is good until it expires.
@Singleton
public final class AccessChanges {

    /// No access token lives longer.
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private static final String TYPE = AccessChanged.getDescriptor().getFullName();

    /// Earliest time, in milliseconds, at which rights that are still good were read: by account, session
    /// or role.
    private final Cache<String, Long> notBefore =
            Caffeine.newBuilder().expireAfterWrite(REMEMBERED).build();

    private final BroadcastConsumer tail;

    AccessChanges(BroadcastConsumers tails) {
        this.tail = tails.of("auth", REMEMBERED, this::onEvent);
    }

    /// Reads what was said, then goes on listening in the background. Waits two seconds at most.
    public void start() {
        tail.start(Duration.ofSeconds(2));
    }

    /// Stops listening.
    public void stop() {
        tail.stop();
    }

    /// Whether rights have changed since a token's were read.
    boolean isStale(Rights rights) {
        for (var key : rights.keys()) {
            var earliest = notBefore.getIfPresent(key);
            if (earliest != null && rights.readMillis() < earliest) {
                return true;
            }
        }
        return false;
    }

    private void onEvent(EventEnvelope envelope) throws InvalidProtocolBufferException {
        if (!envelope.getType().equals(TYPE)) {
            return;
        }
        var change = envelope.getPayload().unpack(AccessChanged.class);
        var millis = Timestamps.toMillis(change.getNotBeforeTime());
        notBefore.asMap().merge(key(change), millis, Math::max);
    }

    private static String key(AccessChanged change) {
        if (!change.getRole().isEmpty()) {
            return Rights.role(change.getRole());
        }
        return change.getSessionId().isEmpty()
                ? Rights.account(UUID.fromString(change.getUserId()))
                : Rights.session(UUID.fromString(change.getSessionId()));
    }
}
