package org.aula.enrollments.seat;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Columns;
import org.aula.kernel.postgres.Handles;
import org.jspecify.annotations.Nullable;

/// `waitlist_entries`. Whoever writes holds the lock of the course's seats.
@Singleton
public final class WaitlistRepository {

    private static final String COLUMNS = """
            w.id, w.course_id, w.user_id, w.place, w.state, w.created_at, w.offered_at, w.offer_expires_at,
            CASE WHEN w.state = 'WAITING' THEN (
                SELECT count(*) FROM waitlist_entries o
                WHERE o.course_id = w.course_id AND o.state = 'WAITING' AND o.place <= w.place) ELSE 0 END AS position
            """;

    void insert(WaitlistEntry entry) {
        Handles.current().createUpdate("""
                        INSERT INTO waitlist_entries (id, course_id, user_id, place, state, created_at, updated_at)
                        VALUES (:id, :courseId, :userId, :place, 'WAITING', :createdAt, :createdAt)
                        """)
                .bind("id", entry.id())
                .bind("courseId", entry.courseId())
                .bind("userId", entry.userId())
                .bind("place", entry.place())
                .bind("createdAt", entry.createdAt())
                .execute();
    }

    public Optional<WaitlistEntry> find(UUID id) {
        return Handles.current().createQuery("SELECT " + COLUMNS + " FROM waitlist_entries w WHERE w.id = :id")
                .bind("id", id)
                .map((row, context) -> entry(row))
                .findOne();
    }

    /// The place at which somebody waits for a course or has an offer.
    Optional<WaitlistEntry> findLive(UUID courseId, UUID userId) {
        return Handles.current().createQuery("SELECT " + COLUMNS + """
                        FROM waitlist_entries w
                        WHERE w.course_id = :courseId AND w.user_id = :userId AND w.state IN ('WAITING', 'OFFERED')
                        """)
                .bind("courseId", courseId)
                .bind("userId", userId)
                .map((row, context) -> entry(row))
                .findOne();
    }

    /// Those of many users who wait for a course or have an offer.
    List<UUID> findLiveUsers(UUID courseId, Collection<UUID> userIds) {
        return Handles.current().createQuery("""
                        SELECT user_id FROM waitlist_entries
                        WHERE course_id = :courseId AND user_id = ANY(:userIds) AND state IN ('WAITING', 'OFFERED')
                        """)
                .bind("courseId", courseId)
                .bindArray("userIds", UUID.class, userIds)
                .mapTo(UUID.class)
                .list();
    }

    /// Those of many users to whom a seat of a course is offered.
    List<UUID> findOfferedUsers(UUID courseId, Collection<UUID> userIds, Instant now) {
        return Handles.current().createQuery("""
                        SELECT user_id FROM waitlist_entries
                        WHERE course_id = :courseId AND user_id = ANY(:userIds) AND state = 'OFFERED'
                            AND offer_expires_at > :now
                        """)
                .bind("courseId", courseId)
                .bindArray("userIds", UUID.class, userIds)
                .bind("now", now)
                .mapTo(UUID.class)
                .list();
    }

    void end(UUID id, WaitlistEntry.State state, Instant now) {
        Handles.current().createUpdate("UPDATE waitlist_entries SET state = :state, updated_at = :now WHERE id = :id")
                .bind("id", id)
                .bind("state", state.name())
                .bind("now", now)
                .execute();
    }

    /// Offers a seat to the first of those who wait.
    ///
    /// @return the offers in their order
    List<WaitlistEntry> offer(UUID courseId, long count, Instant now, Instant until) {
        return Handles.current()
                .createQuery("""
                        UPDATE waitlist_entries w
                        SET state = 'OFFERED', offered_at = :now, offer_expires_at = :until, updated_at = :now
                        WHERE id IN (
                            SELECT id FROM waitlist_entries WHERE course_id = :courseId AND state = 'WAITING'
                            ORDER BY place LIMIT :count)
                        RETURNING w.*, 0 AS position
                        """)
                .bind("courseId", courseId)
                .bind("count", count)
                .bind("now", now)
                .bind("until", until)
                .map((row, context) -> entry(row))
                .stream()
                .sorted(Comparator.comparingLong(WaitlistEntry::place))
                .toList();
    }

    /// Ends the offers whose time is over.
    List<WaitlistEntry> lapse(UUID courseId, Instant now) {
        return Handles.current().createQuery("""
                        UPDATE waitlist_entries w SET state = 'LAPSED', updated_at = :now
                        WHERE course_id = :courseId AND state = 'OFFERED' AND offer_expires_at <= :now
                        RETURNING w.*, 0 AS position
                        """)
                .bind("courseId", courseId)
                .bind("now", now)
                .map((row, context) -> entry(row))
                .list();
    }

    /// Where a user waits or has an offer, the latest first.
    ///
    /// @param before the last id of the page before; null for the first page
    public List<WaitlistEntry> listOfUser(UUID userId, @Nullable UUID before, int limit) {
        return Handles.current().createQuery("SELECT " + COLUMNS + """
                        FROM waitlist_entries w
                        WHERE w.user_id = :userId AND w.state IN ('WAITING', 'OFFERED')
                            AND (CAST(:before AS uuid) IS NULL OR w.id < CAST(:before AS uuid))
                        ORDER BY w.id DESC LIMIT :limit
                        """)
                .bind("userId", userId)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> entry(row))
                .list();
    }

    /// Who waits for a course or has an offer, in their order.
    ///
    /// @param after the last place of the page before; 0 for the first page
    public List<WaitlistEntry> listOfCourse(UUID courseId, long after, int limit) {
        return Handles.current().createQuery("SELECT " + COLUMNS + """
                        FROM waitlist_entries w
                        WHERE w.course_id = :courseId AND w.state IN ('WAITING', 'OFFERED') AND w.place > :after
                        ORDER BY w.place LIMIT :limit
                        """)
                .bind("courseId", courseId)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> entry(row))
                .list();
    }

    private static WaitlistEntry entry(ResultSet row) throws SQLException {
        return new WaitlistEntry(
                row.getObject("id", UUID.class),
                row.getObject("course_id", UUID.class),
                row.getObject("user_id", UUID.class),
                row.getLong("place"),
                WaitlistEntry.State.valueOf(row.getString("state")),
                row.getLong("position"),
                Columns.instant(row, "created_at"),
                Columns.instantOrNull(row, "offered_at"),
                Columns.instantOrNull(row, "offer_expires_at"));
    }
}
