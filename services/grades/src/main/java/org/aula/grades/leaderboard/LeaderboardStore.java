package org.aula.grades.leaderboard;

import io.lettuce.core.Range;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.aula.kernel.redis.Redis;

/// `leaderboard:course:<course>` in Redis, a sorted set: learners by their points. Every method throws
/// [io.lettuce.core.RedisException] when Redis is unavailable.
@Singleton
final class LeaderboardStore {

    private final Redis redis;

    LeaderboardStore(Redis redis) {
        this.redis = redis;
    }

    /// Writes the points of learners.
    void put(UUID courseId, Collection<LeaderboardEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        // Points and members by turns, as the command takes them.
        var arguments = entries.stream()
                .flatMap(entry -> Stream.of((Object) entry.points().doubleValue(), member(entry.userId())))
                .toArray();
        redis.commands().zadd(key(courseId), arguments);
    }

    void remove(UUID courseId, Collection<UUID> userIds) {
        if (!userIds.isEmpty()) {
            redis.commands()
                    .zrem(
                            key(courseId),
                            userIds.stream().map(LeaderboardStore::member).toArray(byte[][]::new));
        }
    }

    /// Removes everybody else.
    void keepOnly(UUID courseId, Set<UUID> userIds) {
        remove(
                courseId,
                redis.commands().zrange(key(courseId), 0, -1).stream()
                        .map(LeaderboardStore::userId)
                        .filter(userId -> !userIds.contains(userId))
                        .toList());
    }

    boolean exists(UUID courseId) {
        return redis.commands().exists(key(courseId)) > 0;
    }

    List<LeaderboardEntry> top(UUID courseId, int first) {
        var entries = new ArrayList<LeaderboardEntry>();
        for (var value : redis.commands().zrevrangeWithScores(key(courseId), 0, first - 1L)) {
            var points = points(value.getScore());
            var same = !entries.isEmpty() && entries.getLast().points().compareTo(points) == 0;
            entries.add(new LeaderboardEntry(
                    same ? entries.getLast().rank() : entries.size() + 1, userId(value.getValue()), points));
        }
        return entries;
    }

    Optional<LeaderboardEntry> own(UUID courseId, UUID userId) {
        var score = redis.commands().zscore(key(courseId), member(userId));
        if (score == null) {
            return Optional.empty();
        }
        var better = redis.commands()
                .zcount(key(courseId), Range.from(Range.Boundary.excluding(score), Range.Boundary.unbounded()));
        return Optional.of(new LeaderboardEntry(Math.toIntExact(better) + 1, userId, points(score)));
    }

    private static BigDecimal points(double score) {
        return BigDecimal.valueOf(score).setScale(2, RoundingMode.HALF_UP);
    }

    private static String key(UUID courseId) {
        return "leaderboard:course:" + courseId;
    }

    private static byte[] member(UUID userId) {
        return userId.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static UUID userId(byte[] member) {
        return UUID.fromString(new String(member, StandardCharsets.US_ASCII));
    }
}
