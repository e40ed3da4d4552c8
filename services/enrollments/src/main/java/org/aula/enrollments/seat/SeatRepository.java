package org.aula.enrollments.seat;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Sql;
import org.aula.kernel.postgres.UuidArray;

/// Rows of `course_seats`. Every statement that changes a row locks it first, until the end of the
/// transaction.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface SeatRepository extends GenericRepository<SeatCount, UUID> {

    /// How the seats of a course stand; its id follows.
    String SELECT = """
            SELECT s.course_id, s.taken, s.offered, s.waiting, s.last_place, c.max_students,
                coalesce(c.in_catalog, false) AS open
            FROM course_seats s LEFT JOIN courses_api.courses c ON c.id = s.course_id
            WHERE s.course_id =
            """;

    /// Takes a seat if one is free, in one statement.
    ///
    /// @return how the seats stand afterwards; empty when none was free
    default Optional<SeatCount> tryTake(UUID courseId) {
        return Sql.of("""
                INSERT INTO course_seats AS s (course_id, taken) VALUES (?, 1)
                ON CONFLICT (course_id) DO UPDATE SET taken = s.taken + 1
                WHERE coalesce(
                    s.taken + s.offered + s.waiting < (SELECT max_students FROM courses_api.courses WHERE id = ?),
                    true)
                RETURNING s.course_id, s.taken, s.offered, s.waiting, s.last_place,
                    CAST(NULL AS integer) AS max_students, true AS open
                """, courseId, courseId).find(SeatCount.class);
    }

    /// Inserts the row of a course that has none.
    @Query("INSERT INTO course_seats (course_id) VALUES (:courseId) ON CONFLICT DO NOTHING")
    void ensure(UUID courseId);

    /// Locks the row of a course until the transaction ends. Not a declared query: Micronaut Data takes FOR
    /// UPDATE for a write.
    default Optional<SeatCount> lock(UUID courseId) {
        return Sql.of(SELECT + " ? FOR UPDATE OF s", courseId).find(SeatCount.class);
    }

    @Query(SELECT + " :courseId")
    Optional<SeatCount> find(UUID courseId);

    /// Those of many courses that are in the catalog, in any order.
    @Query("""
            SELECT c.id AS course_id, coalesce(s.taken, 0) AS taken, coalesce(s.offered, 0) AS offered,
                coalesce(s.waiting, 0) AS waiting, coalesce(s.last_place, 0) AS last_place,
                c.max_students, true AS open
            FROM courses_api.courses c LEFT JOIN course_seats s ON s.course_id = c.id
            WHERE c.id = ANY(:courseIds) AND c.in_catalog
            """)
    List<SeatCount> findOpen(@UuidArray Collection<UUID> courseIds);

    /// Seats of a course that nobody ever took one of; the largest `bigint` where it has no limit.
    @Query("SELECT coalesce(max_students, 9223372036854775807) FROM courses_api.courses WHERE id = :courseId")
    long findCapacity(UUID courseId);

    /// Adds to the counts of a locked row.
    @Query("""
            UPDATE course_seats
            SET taken = taken + :taken, offered = offered + :offered, waiting = waiting + :waiting
            WHERE course_id = :courseId
            """)
    void add(UUID courseId, long taken, long offered, long waiting);

    /// One more waits, at the place behind the last.
    @Query("UPDATE course_seats SET waiting = waiting + 1, last_place = last_place + 1 WHERE course_id = :courseId")
    void addPlace(UUID courseId);

    /// Courses with offers whose time is over, or with seats that could be offered.
    @Query("""
            SELECT course_id FROM waitlist_entries WHERE state = 'OFFERED' AND offer_expires_at <= :now
            UNION
            SELECT s.course_id FROM course_seats s JOIN courses_api.courses c ON c.id = s.course_id
            WHERE s.waiting > 0 AND c.in_catalog
                AND coalesce(s.taken + s.offered < c.max_students, true)
            LIMIT :limit
            """)
    List<UUID> findUnsettled(Instant now, int limit);

    /// Courses whose counts look wrong; who comes or goes meanwhile may make it look so.
    @Query("""
            SELECT coalesce(s.course_id, e.course_id)
            FROM course_seats s
            FULL JOIN (
                SELECT course_id, count(*) AS taken FROM enrollments
                WHERE opens_lessons GROUP BY course_id
            ) e ON e.course_id = s.course_id
            LEFT JOIN (
                SELECT course_id, count(*) FILTER (WHERE state = 'OFFERED') AS offered,
                    count(*) FILTER (WHERE state = 'WAITING') AS waiting
                FROM waitlist_entries GROUP BY course_id
            ) w ON w.course_id = s.course_id
            WHERE (coalesce(s.taken, 0), coalesce(s.offered, 0), coalesce(s.waiting, 0))
                <> (coalesce(e.taken, 0), coalesce(w.offered, 0), coalesce(w.waiting, 0))
            """)
    List<UUID> findMiscounted();

    /// Counts a locked course anew.
    ///
    /// @return 1 when it was wrong, else 0
    @Query("""
            UPDATE course_seats s SET taken = n.taken, offered = n.offered, waiting = n.waiting
            FROM (SELECT
                (SELECT count(*) FROM enrollments WHERE course_id = :courseId AND opens_lessons) AS taken,
                (SELECT count(*) FROM waitlist_entries
                    WHERE course_id = :courseId AND state = 'OFFERED') AS offered,
                (SELECT count(*) FROM waitlist_entries
                    WHERE course_id = :courseId AND state = 'WAITING') AS waiting) n
            WHERE s.course_id = :courseId
                AND (s.taken, s.offered, s.waiting) <> (n.taken, n.offered, n.waiting)
            """)
    int recount(UUID courseId);
}
