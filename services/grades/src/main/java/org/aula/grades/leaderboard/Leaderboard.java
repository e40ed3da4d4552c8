package org.aula.grades.leaderboard;

import io.lettuce.core.RedisException;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.aula.kernel.error.Errors;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.redis.RedisBreaker;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Who has the most points, out of Redis, or out of the gradebook while Redis is away or knows nothing of
/// the course: slower, with the same answer.
@Singleton
final class Leaderboard {

    private static final int BATCH = 1_000;

    private final LeaderboardStore store;
    private final LeaderboardRepository rows;
    private final RedisBreaker breaker;
    private final Transactions transactions;

    Leaderboard(LeaderboardStore store, LeaderboardRepository rows, RedisBreaker breaker, Transactions transactions) {
        this.store = store;
        this.rows = rows;
        this.breaker = breaker;
        this.transactions = transactions;
    }

    /// The first, and the place of one learner.
    ///
    /// @param own empty for who has no points
    record View(List<Place> places, Optional<Place> own) {}

    View view(UUID courseId, int first, UUID userId) {
        if (breaker.letsPass()) {
            try {
                if (store.exists(courseId)) {
                    return new View(store.top(courseId, first), store.own(courseId, userId));
                }
            } catch (RedisException away) {
                breaker.open();
            }
        }
        return transactions.read(
                handle -> new View(rows.top(handle, courseId, first), rows.own(handle, courseId, userId)));
    }

    /// Writes everybody's points of the gradebook, and removes who is not in it.
    ///
    /// @return how many are on it
    /// @throws org.aula.kernel.error.ServiceException STORE_UNAVAILABLE
    int rebuild(UUID courseId) {
        return rebuild(courseId, after -> transactions.read(handle -> rows.part(handle, courseId, after, BATCH)));
    }

    /// The same in a transaction that is open already: one that waits for a second connection while it holds
    /// its own may wait for itself.
    void rebuild(Handle handle, UUID courseId) {
        rebuild(courseId, after -> rows.part(handle, courseId, after, BATCH));
    }

    private int rebuild(UUID courseId, Function<@Nullable UUID, List<Place>> partBehind) {
        var known = new HashSet<UUID>();
        try {
            UUID after = null;
            while (true) {
                var part = partBehind.apply(after);
                store.put(courseId, part);
                part.forEach(place -> known.add(place.userId()));
                if (part.size() < BATCH) {
                    break;
                }
                after = part.getLast().userId();
            }
            store.keepOnly(courseId, known);
        } catch (RedisException away) {
            throw Errors.storeUnavailable("redis");
        }
        return known.size();
    }
}
