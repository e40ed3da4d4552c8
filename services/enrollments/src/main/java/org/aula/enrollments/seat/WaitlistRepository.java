package org.aula.enrollments.seat;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Sql;
import org.aula.kernel.postgres.UuidArray;
import org.jspecify.annotations.Nullable;

/// Rows of `waitlist_entries`. Whoever writes holds the lock of the course's seats.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface WaitlistRepository extends GenericRepository<WaitlistEntry, UUID> {

    String COLUMNS = "w.id, w.course_id, w.user_id, w.place, w.state, w.created_at, w.offered_at, w.offer_expires_at";

    /// Entries that were changed; none of them waits.
    String RETURNING = "RETURNING " + COLUMNS + ", 0 AS position";

    /// Entries with the position of those who wait; conditions follow.
    String SELECT = "SELECT " + COLUMNS + """
            , CASE WHEN w.state = 'WAITING' THEN (
                    SELECT count(*) FROM waitlist_entries o
                    WHERE o.course_id = w.course_id AND o.state = 'WAITING' AND o.place <= w.place
                ) ELSE 0 END AS position
            FROM waitlist_entries w
            """;

    @Query("""
            INSERT INTO waitlist_entries (id, course_id, user_id, place, state, created_at, updated_at)
            VALUES (:id, :courseId, :userId, :place, 'WAITING', :createdAt, :createdAt)
            """)
    void insert(WaitlistEntry entry);

    @Query(SELECT + "WHERE w.id = :id")
    Optional<WaitlistEntry> find(UUID id);

    /// The place at which somebody waits for a course or has an offer.
    @Query(SELECT + "WHERE w.course_id = :courseId AND w.user_id = :userId AND w.state IN ('WAITING', 'OFFERED')")
    Optional<WaitlistEntry> findLive(UUID courseId, UUID userId);

    /// Those of many users who wait for a course or have an offer.
    @Query("""
            SELECT user_id FROM waitlist_entries
            WHERE course_id = :courseId AND user_id = ANY(:userIds) AND state IN ('WAITING', 'OFFERED')
            """)
    List<UUID> findLiveUsers(UUID courseId, @UuidArray Collection<UUID> userIds);

    /// Those of many users to whom a seat of a course is offered.
    @Query("""
            SELECT user_id FROM waitlist_entries
            WHERE course_id = :courseId AND user_id = ANY(:userIds) AND state = 'OFFERED' AND offer_expires_at > :now
            """)
    List<UUID> findOfferedUsers(UUID courseId, @UuidArray Collection<UUID> userIds, Instant now);

    @Query("UPDATE waitlist_entries SET state = :state, updated_at = :now WHERE id = :id")
    void end(UUID id, WaitlistEntry.State state, Instant now);

    /// Offers a seat to the first of those who wait.
    ///
    /// @return the offers in their order
    default List<WaitlistEntry> offer(UUID courseId, long count, Instant now, Instant until) {
        var offers = Sql.of("""
                UPDATE waitlist_entries w
                SET state = 'OFFERED', offered_at = ?, offer_expires_at = ?, updated_at = ?
                WHERE id IN (
                    SELECT id FROM waitlist_entries WHERE course_id = ? AND state = 'WAITING'
                    ORDER BY place LIMIT ?)
                """ + RETURNING, now, until, now, courseId, count).list(WaitlistEntry.class);
        offers.sort(Comparator.comparingLong(WaitlistEntry::place));
        return offers;
    }

    /// Ends the offers whose time is over.
    default List<WaitlistEntry> lapse(UUID courseId, Instant now) {
        return Sql.of("""
                UPDATE waitlist_entries w SET state = 'LAPSED', updated_at = ?
                WHERE course_id = ? AND state = 'OFFERED' AND offer_expires_at <= ?
                """ + RETURNING, now, courseId, now).list(WaitlistEntry.class);
    }

    /// Where a user waits or has an offer, the latest first.
    ///
    /// @param before the last id of the page before; null for the first page
    @Query(SELECT + """
            WHERE w.user_id = :userId AND w.state IN ('WAITING', 'OFFERED')
                AND (CAST(:before AS uuid) IS NULL OR w.id < CAST(:before AS uuid))
            ORDER BY w.id DESC LIMIT :limit
            """)
    List<WaitlistEntry> listOfUser(UUID userId, @Nullable UUID before, int limit);

    /// Who waits for a course or has an offer, in their order.
    ///
    /// @param after the last place of the page before; 0 for the first page
    @Query(SELECT + """
            WHERE w.course_id = :courseId AND w.state IN ('WAITING', 'OFFERED') AND w.place > :after
            ORDER BY w.place LIMIT :limit
            """)
    List<WaitlistEntry> listOfCourse(UUID courseId, long after, int limit);
}
