package org.aula.grades.leaderboard;

import io.lettuce.core.RedisException;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.aula.kernel.error.Errors;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.redis.RedisBreaker;
import org.jspecify.annotations.Nullable;

/// Who has the most points, out of Redis, or out of the gradebook while Redis is unavailable or knows
/// nothing of the course: slower, with the same answer.
@Singleton
final class Leaderboard {

    private static final int BATCH = 1_000;

    private final LeaderboardStore store;
    private final LeaderboardRepository rows;
    private final RedisBreaker breaker;
    private final Database database;

    Leaderboard(LeaderboardStore store, LeaderboardRepository rows, RedisBreaker breaker, Database database) {
        this.store = store;
        this.rows = rows;
        this.breaker = breaker;
        this.database = database;
    }

    /// The first, and where one learner is.
    ///
    /// @param own empty for who has no points
    record View(List<LeaderboardEntry> entries, Optional<LeaderboardEntry> own) {}

    View view(UUID courseId, int first, UUID userId) {
        if (breaker.letsPass()) {
            try {
                if (store.exists(courseId)) {
                    return new View(store.top(courseId, first), store.own(courseId, userId));
                }
            } catch (RedisException unavailable) {
                breaker.open();
            }
        }
        return viewOfRows(courseId, first, userId);
    }

    /// The same out of the gradebook, which has what an event tells of before Redis does.
    View viewOfRows(UUID courseId, int first, UUID userId) {
        return database.query(() -> new View(rows.top(courseId, first), rows.own(courseId, userId)));
    }

    /// Writes everybody's points of the gradebook, and removes who is not in it.
    ///
    /// @return how many are on it
    /// @throws org.aula.kernel.error.ServiceException STORE_UNAVAILABLE
    int rebuild(UUID courseId) {
        var known = new HashSet<UUID>();
        try {
            UUID after = null;
            while (true) {
                var part = part(courseId, after);
                store.put(courseId, part);
                part.forEach(entry -> known.add(entry.userId()));
                if (part.size() < BATCH) {
                    break;
                }
                after = part.getLast().userId();
            }
            store.keepOnly(courseId, known);
        } catch (RedisException unavailable) {
            throw Errors.storeUnavailable("redis");
        }
        return known.size();
    }

    private List<LeaderboardEntry> part(UUID courseId, @Nullable UUID after) {
        return database.query(() -> rows.part(courseId, after, BATCH));
    }

    /// Writes the points of these learners of a course as they are now. A leaderboard that Redis has lost
    /// comes back whole: a few learners of it would pass for all.
    void update(UUID courseId, Set<UUID> userIds) {
        if (!store.exists(courseId)) {
            rebuild(courseId);
            return;
        }
        var entries = database.query(() -> rows.of(courseId, userIds));
        store.put(courseId, entries);
        var gone = new HashSet<>(userIds);
        entries.forEach(entry -> gone.remove(entry.userId()));
        store.remove(courseId, gone);
    }
}
