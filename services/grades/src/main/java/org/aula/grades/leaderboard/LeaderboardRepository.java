package org.aula.grades.leaderboard;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Handles;
import org.jspecify.annotations.Nullable;

/// The leaderboard as the gradebook's rows have it: what Redis is made of, and what answers without it. Who
/// has no points is not on it.
@Singleton
final class LeaderboardRepository {

    List<Place> top(UUID courseId, int first) {
        return Handles.current().createQuery("""
                        SELECT rank() OVER (ORDER BY points DESC) AS rank, user_id, points FROM gradebook
                        WHERE course_id = :courseId AND points > 0 ORDER BY points DESC, user_id DESC LIMIT :first
                        """)
                .bind("courseId", courseId)
                .bind("first", first)
                .map((row, context) -> new Place(
                        row.getInt("rank"), row.getObject("user_id", UUID.class), row.getBigDecimal("points")))
                .list();
    }

    Optional<Place> own(UUID courseId, UUID userId) {
        return Handles.current().createQuery("""
                        SELECT (SELECT count(*) + 1 FROM gradebook better
                                WHERE better.course_id = own.course_id AND better.points > own.points) AS rank,
                               own.points
                        FROM gradebook own
                        WHERE own.course_id = :courseId AND own.user_id = :userId AND own.points > 0
                        """)
                .bind("courseId", courseId)
                .bind("userId", userId)
                .map((row, context) -> new Place(row.getInt("rank"), userId, row.getBigDecimal("points")))
                .findOne();
    }

    /// Courses in which somebody has points.
    List<UUID> courses() {
        return Handles.current().createQuery("SELECT DISTINCT course_id FROM gradebook WHERE points > 0 ORDER BY course_id")
                .mapTo(UUID.class)
                .list();
    }

    /// A part of all who are on it, by id.
    List<Place> part(UUID courseId, @Nullable UUID after, int limit) {
        return Handles.current().createQuery("""
                        SELECT user_id, points FROM gradebook
                        WHERE course_id = :courseId AND points > 0
                            AND (CAST(:after AS uuid) IS NULL OR user_id > CAST(:after AS uuid))
                        ORDER BY user_id LIMIT :limit
                        """)
                .bind("courseId", courseId)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> place(row))
                .list();
    }

    /// Those of these learners who are on it.
    List<Place> of(UUID courseId, Collection<UUID> userIds) {
        return Handles.current().createQuery("""
                        SELECT user_id, points FROM gradebook
                        WHERE course_id = :courseId AND user_id = ANY(:userIds) AND points > 0
                        """)
                .bind("courseId", courseId)
                .bindArray("userIds", UUID.class, userIds)
                .map((row, context) -> place(row))
                .list();
    }

    private static Place place(ResultSet row) throws SQLException {
        return new Place(0, row.getObject("user_id", UUID.class), row.getBigDecimal("points"));
    }
}
