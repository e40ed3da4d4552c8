package org.aula.grades.leaderboard;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.UuidArray;
import org.jspecify.annotations.Nullable;

/// The leaderboard as the rows of `gradebook` have it: what Redis is filled from, and what answers without
/// it. Who has no points is not on it.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface LeaderboardRepository extends GenericRepository<LeaderboardEntry, UUID> {

    @Query("""
            SELECT rank() OVER (ORDER BY points DESC) AS rank, user_id, points FROM gradebook
            WHERE course_id = :courseId AND points > 0 ORDER BY points DESC, user_id DESC LIMIT :first
            """)
    List<LeaderboardEntry> top(UUID courseId, int first);

    @Query("""
            SELECT (SELECT count(*) + 1 FROM gradebook better
                    WHERE better.course_id = own.course_id AND better.points > own.points) AS rank,
                   own.user_id, own.points
            FROM gradebook own
            WHERE own.course_id = :courseId AND own.user_id = :userId AND own.points > 0
            """)
    Optional<LeaderboardEntry> own(UUID courseId, UUID userId);

    /// Courses in which somebody has points.
    @Query("SELECT DISTINCT course_id FROM gradebook WHERE points > 0 ORDER BY course_id")
    List<UUID> courses();

    /// A part of all who are on it, by id, without ranks.
    @Query("""
            SELECT 0 AS rank, user_id, points FROM gradebook
            WHERE course_id = :courseId AND points > 0
                AND (CAST(:after AS uuid) IS NULL OR user_id > CAST(:after AS uuid))
            ORDER BY user_id LIMIT :limit
            """)
    List<LeaderboardEntry> part(UUID courseId, @Nullable UUID after, int limit);

    /// Those of these learners who are on it, without ranks.
    @Query("""
            SELECT 0 AS rank, user_id, points FROM gradebook
            WHERE course_id = :courseId AND user_id = ANY(:userIds) AND points > 0
            """)
    List<LeaderboardEntry> of(UUID courseId, @UuidArray Collection<UUID> userIds);
}
