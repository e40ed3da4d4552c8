package org.aula.enrollments.seat;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// `course_seats`. Every statement that changes a row locks it first, until the end of the transaction.
@Singleton
final class SeatRepository {

    /// Takes a seat if one is free, in one statement.
    ///
    /// @return how the seats stand afterwards; empty when none was free
    Optional<SeatCount> tryTake(Handle handle, UUID courseId) {
        return handle.createQuery("""
                        INSERT INTO course_seats AS s (course_id, taken) VALUES (:courseId, 1)
                        ON CONFLICT (course_id) DO UPDATE SET taken = s.taken + 1
                        WHERE coalesce(
                            s.taken + s.offered + s.waiting
                                < (SELECT max_students FROM courses_api.courses WHERE id = :courseId),
                            true)
                        RETURNING s.course_id, s.taken, s.offered, s.waiting, s.last_place,
                            CAST(NULL AS integer) AS max_students, true AS open
                        """)
                .bind("courseId", courseId)
                .map((row, context) -> count(row))
                .findOne();
    }

    /// Makes the row of a course that has none.
    void ensure(Handle handle, UUID courseId) {
        handle.createUpdate("INSERT INTO course_seats (course_id) VALUES (:courseId) ON CONFLICT DO NOTHING")
                .bind("courseId", courseId)
                .execute();
    }

    Optional<SeatCount> lock(Handle handle, UUID courseId) {
        return find(handle, courseId, " FOR UPDATE OF s");
    }

    Optional<SeatCount> find(Handle handle, UUID courseId) {
        return find(handle, courseId, "");
    }

    private static Optional<SeatCount> find(Handle handle, UUID courseId, String lock) {
        return handle.createQuery("""
                        SELECT s.course_id, s.taken, s.offered, s.waiting, s.last_place, c.max_students,
                            coalesce(c.status = 'PUBLISHED', false) AS open
                        FROM course_seats s LEFT JOIN courses_api.courses c ON c.id = s.course_id
                        WHERE s.course_id = :courseId
                        """ + lock)
                .bind("courseId", courseId)
                .map((row, context) -> count(row))
                .findOne();
    }

    /// Those of many courses that are in the catalog, in any order.
    List<SeatCount> findOpen(Handle handle, Collection<UUID> courseIds) {
        return handle.createQuery("""
                        SELECT c.id AS course_id, coalesce(s.taken, 0) AS taken, coalesce(s.offered, 0) AS offered,
                            coalesce(s.waiting, 0) AS waiting, coalesce(s.last_place, 0) AS last_place,
                            c.max_students, true AS open
                        FROM courses_api.courses c LEFT JOIN course_seats s ON s.course_id = c.id
                        WHERE c.id = ANY(:courseIds) AND c.status = 'PUBLISHED'
                        """)
                .bindArray("courseIds", UUID.class, courseIds)
                .map((row, context) -> count(row))
                .list();
    }

    /// Seats of a course that nobody ever took one of.
    long most(Handle handle, UUID courseId) {
        return handle.createQuery("SELECT max_students FROM courses_api.courses WHERE id = :courseId")
                .bind("courseId", courseId)
                .map((row, context) -> {
                    var most = row.getObject("max_students", Integer.class);
                    return most == null ? Long.MAX_VALUE : most.longValue();
                })
                .one();
    }

    /// Adds to the counts of a locked row.
    void add(Handle handle, UUID courseId, long taken, long offered, long waiting) {
        handle.createUpdate("""
                        UPDATE course_seats
                        SET taken = taken + :taken, offered = offered + :offered, waiting = waiting + :waiting
                        WHERE course_id = :courseId
                        """)
                .bind("courseId", courseId)
                .bind("taken", taken)
                .bind("offered", offered)
                .bind("waiting", waiting)
                .execute();
    }

    /// One more waits, at the place behind the last.
    void addPlace(Handle handle, UUID courseId) {
        handle.createUpdate("""
                        UPDATE course_seats SET waiting = waiting + 1, last_place = last_place + 1
                        WHERE course_id = :courseId
                        """).bind("courseId", courseId).execute();
    }

    /// Courses with offers whose time is over, or with seats that could be offered.
    List<UUID> findUnsettled(Handle handle, Instant now, int limit) {
        return handle.createQuery("""
                        SELECT course_id FROM waitlist_entries WHERE state = 'OFFERED' AND offer_expires_at <= :now
                        UNION
                        SELECT s.course_id FROM course_seats s JOIN courses_api.courses c ON c.id = s.course_id
                        WHERE s.waiting > 0 AND c.status = 'PUBLISHED'
                            AND coalesce(s.taken + s.offered < c.max_students, true)
                        LIMIT :limit
                        """)
                .bind("now", now)
                .bind("limit", limit)
                .mapTo(UUID.class)
                .list();
    }

    /// Courses whose counts look wrong; who comes or goes meanwhile may make it look so.
    List<UUID> findMiscounted(Handle handle) {
        return handle.createQuery("""
                        SELECT coalesce(s.course_id, e.course_id)
                        FROM course_seats s
                        FULL JOIN (
                            SELECT course_id, count(*) AS taken FROM enrollments
                            WHERE status IN ('ENROLLED', 'IN_PROGRESS', 'PAUSED', 'COMPLETED') GROUP BY course_id
                        ) e ON e.course_id = s.course_id
                        LEFT JOIN (
                            SELECT course_id, count(*) FILTER (WHERE state = 'OFFERED') AS offered,
                                count(*) FILTER (WHERE state = 'WAITING') AS waiting
                            FROM waitlist_entries GROUP BY course_id
                        ) w ON w.course_id = s.course_id
                        WHERE (coalesce(s.taken, 0), coalesce(s.offered, 0), coalesce(s.waiting, 0))
                            <> (coalesce(e.taken, 0), coalesce(w.offered, 0), coalesce(w.waiting, 0))
                        """).mapTo(UUID.class).list();
    }

    /// Counts a locked course anew.
    ///
    /// @return whether it was wrong
    boolean recount(Handle handle, UUID courseId) {
        return handle.createUpdate("""
                                UPDATE course_seats s SET taken = n.taken, offered = n.offered, waiting = n.waiting
                                FROM (SELECT
                                    (SELECT count(*) FROM enrollments WHERE course_id = :courseId
                                        AND status IN ('ENROLLED', 'IN_PROGRESS', 'PAUSED', 'COMPLETED')) AS taken,
                                    (SELECT count(*) FROM waitlist_entries
                                        WHERE course_id = :courseId AND state = 'OFFERED') AS offered,
                                    (SELECT count(*) FROM waitlist_entries
                                        WHERE course_id = :courseId AND state = 'WAITING') AS waiting) n
                                WHERE s.course_id = :courseId
                                    AND (s.taken, s.offered, s.waiting) <> (n.taken, n.offered, n.waiting)
                                """).bind("courseId", courseId).execute() == 1;
    }

    private static SeatCount count(ResultSet row) throws SQLException {
        return new SeatCount(
                row.getObject("course_id", UUID.class),
                row.getLong("taken"),
                row.getLong("offered"),
                row.getLong("waiting"),
                row.getLong("last_place"),
                row.getObject("max_students", Integer.class),
                row.getBoolean("open"));
    }
}
