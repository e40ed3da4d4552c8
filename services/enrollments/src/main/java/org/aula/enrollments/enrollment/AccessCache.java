package org.aula.enrollments.enrollment;

import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.aula.kernel.redis.Cache;
import org.aula.kernel.redis.Caches;

/// `cache:enrollments:<user>` for five minutes: which courses somebody is or was enrolled in, and until
/// when their lessons are open. Each lesson that is read asks for that.
///
/// Whoever changes it tells so by `UserEnrolled` or `EnrollmentStatusChanged`, see
/// [AccessCacheInvalidation].
/// The end of a time needs no event: it is part of the value.
@Singleton
final class AccessCache {

    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final int ENTRY_BYTES = 2 * Long.BYTES + Long.BYTES;
    private static final long SHUT = Long.MIN_VALUE;
    private static final long FOR_EVER = Long.MAX_VALUE;

    private final Cache cache;

    AccessCache(Caches caches) {
        this.cache = caches.of("cache:enrollments:", LIFE);
    }

    /// A course that somebody is or was enrolled in.
    ///
    /// @param openUntil milliseconds since 1970, exclusive
    record Access(UUID courseId, long openUntil) {

        static Access of(Enrollment enrollment) {
            var end = enrollment.expiresAt();
            var until = end == null ? FOR_EVER : end.toEpochMilli();
            return new Access(enrollment.courseId(), enrollment.status().opensLessons() ? until : SHUT);
        }

        boolean isOpen(Instant now) {
            return now.toEpochMilli() < openUntil;
        }
    }

    /// Somebody's courses.
    ///
    /// @param loader empty when they are too many to be kept
    Optional<Map<UUID, Access>> find(UUID userId, Supplier<Optional<List<Access>>> loader) {
        return cache.get(userId.toString(), () -> loader.get().map(AccessCache::encode))
                .map(AccessCache::decode);
    }

    /// Drops the entries of these users. To be called when a change of their enrollments is committed.
    void changed(Collection<String> userIds) {
        // One round trip for each user; for more than 100 the whole cache goes in one.
        if (userIds.size() > 100) {
            cache.dropAll();
        } else {
            userIds.forEach(cache::drop);
        }
    }

    /// As [#changed], for a consumer that tries again.
    ///
    /// @throws org.aula.kernel.error.StoreUnavailableException when Redis does not answer
    void changedOrThrow(Collection<String> userIds) {
        if (userIds.size() > 100) {
            cache.dropAllOrThrow();
        } else {
            userIds.forEach(cache::dropOrThrow);
        }
    }

    private static byte[] encode(List<Access> accesses) {
        var bytes = ByteBuffer.allocate(accesses.size() * ENTRY_BYTES);
        accesses.forEach(access -> bytes.putLong(access.courseId().getMostSignificantBits())
                .putLong(access.courseId().getLeastSignificantBits())
                .putLong(access.openUntil()));
        return bytes.array();
    }

    private static Map<UUID, Access> decode(byte[] value) {
        var bytes = ByteBuffer.wrap(value);
        var accesses = new HashMap<UUID, Access>();
        while (bytes.hasRemaining()) {
            var courseId = new UUID(bytes.getLong(), bytes.getLong());
            accesses.put(courseId, new Access(courseId, bytes.getLong()));
        }
        return accesses;
    }
}
