package org.aula.enrollments.enrollment;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.GenericPlan;
import org.aula.kernel.postgres.Sql;
import org.aula.kernel.postgres.UuidArray;
import org.jspecify.annotations.Nullable;

/// Rows of `enrollments`, partitioned by the year in its id, and of `enrollment_keys`, which leads from a
/// learner and a course to the id. Every statement names ids, so that it touches the partitions of those
/// years only; a learner's list walks them from the latest.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface EnrollmentRepository extends GenericRepository<Enrollment, UUID> {

    String COLUMNS = """
            e.id, e.user_id, e.course_id, e.status, e.source, e.progress_percentage AS percentage, e.created_at,
            e.started_at, e.completed_at, e.last_accessed_at, e.expires_at, e.version
            """;

    /// Enrollments; conditions follow.
    String SELECT = "SELECT " + COLUMNS + " FROM enrollments e ";

    /// Inserts an enrollment unless one of this (user, course) exists. Waits for a transaction that is
    /// inserting the same pair.
    ///
    /// @return false when one exists; then nothing is inserted
    default boolean insert(Enrollment enrollment) {
        return Sql.of(
                                """
                                WITH place AS (
                                    INSERT INTO enrollment_keys (user_id, course_id, enrollment_id)
                                    VALUES (?, ?, ?) ON CONFLICT (user_id, course_id) DO NOTHING
                                    RETURNING user_id, course_id, enrollment_id)
                                INSERT INTO enrollments (
                                    id, user_id, course_id, status, source, expires_at, version, created_at,
                                    updated_at)
                                SELECT enrollment_id, user_id, course_id, ?, ?,
                                    CAST(? AS timestamptz), ?, CAST(? AS timestamptz), CAST(? AS timestamptz)
                                FROM place
                                """,
                                enrollment.userId(),
                                enrollment.courseId(),
                                enrollment.id(),
                                enrollment.status().name(),
                                enrollment.source().name(),
                                enrollment.expiresAt(),
                                enrollment.version(),
                                enrollment.createdAt(),
                                enrollment.createdAt())
                        .update()
                == 1;
    }

    /// The id of the enrollment of a learner in a course, which there must be.
    @Query("SELECT enrollment_id FROM enrollment_keys WHERE user_id = :userId AND course_id = :courseId")
    UUID findKey(UUID userId, UUID courseId);

    @Query(SELECT + "WHERE e.id = :id")
    Optional<Enrollment> find(UUID id);

    /// Locks the row until the transaction ends: progress of one enrollment is written one after the other.
    default Optional<Enrollment> lock(UUID id) {
        return Sql.of(SELECT + "WHERE e.id = ? FOR UPDATE", id).find(Enrollment.class);
    }

    /// A learner's enrollments in these courses, in any order.
    default List<Enrollment> findByCourses(UUID userId, Collection<UUID> courseIds) {
        return Sql.of("SELECT " + COLUMNS + """
                        FROM enrollment_keys k JOIN enrollments e ON e.id = k.enrollment_id
                        WHERE k.user_id = ? AND k.course_id = ANY(?)
                        """ + GenericPlan.MARK, userId, courseIds.toArray(UUID[]::new))
                .list(Enrollment.class);
    }

    /// A learner's enrollments, the latest first: the id tells when it was made.
    ///
    /// @param status null for any
    /// @param before the last id of the page before; null for the first page
    default List<Enrollment> list(UUID userId, Enrollment.@Nullable Status status, @Nullable UUID before, int limit) {
        var name = status == null ? null : status.name();
        return Sql.of(SELECT + """
                        WHERE e.user_id = ?
                            AND (CAST(? AS text) IS NULL OR e.status = ?)
                            AND (CAST(? AS uuid) IS NULL OR e.id < CAST(? AS uuid))
                        ORDER BY e.id DESC LIMIT ?
                        """, userId, name, name, before, before, limit).list(Enrollment.class);
    }

    /// Many enrollments by their ids, in their order.
    @Query(SELECT + "WHERE e.id = ANY(:ids) ORDER BY e.id")
    List<Enrollment> findAll(@UuidArray Collection<UUID> ids);

    /// As [#findAll], and locks their rows one after the other.
    default List<Enrollment> lockAll(Collection<UUID> ids) {
        return Sql.of(SELECT + "WHERE e.id = ANY(?) ORDER BY e.id FOR UPDATE", (Object) ids.toArray(UUID[]::new))
                .list(Enrollment.class);
    }

    /// Inserts many enrollments, all just begun at one moment in one way, whose places are taken. An empty
    /// list makes no statement.
    default void insertAll(List<Enrollment> begun) {
        if (begun.isEmpty()) {
            return;
        }
        var first = begun.getFirst();
        Sql.of(
                        """
                        INSERT INTO enrollments (
                            id, user_id, course_id, expires_at, status, source, version, created_at, updated_at)
                        SELECT id, user_id, course_id, expires_at, ?, ?, 1, ?, ?
                        FROM unnest(CAST(? AS uuid[]), CAST(? AS uuid[]), CAST(? AS uuid[]), CAST(? AS timestamptz[]))
                            AS c(id, user_id, course_id, expires_at)
                        """,
                        first.status().name(),
                        first.source().name(),
                        first.createdAt(),
                        first.createdAt(),
                        begun.stream().map(Enrollment::id).toArray(UUID[]::new),
                        begun.stream().map(Enrollment::userId).toArray(UUID[]::new),
                        begun.stream().map(Enrollment::courseId).toArray(UUID[]::new),
                        begun.stream()
                                .map(Enrollment::expiresAt)
                                .map(time -> time == null ? null : time.toString())
                                .toArray(String[]::new))
                .update();
    }

    /// Open enrollments whose time is over, locked; those that somebody is at work on are left for the next
    /// time.
    default List<Enrollment> lockPastTime(Instant now, int limit) {
        return Sql.of(SELECT + """
                        WHERE e.expires_at <= ? AND e.opens_lessons
                        ORDER BY e.expires_at, e.id LIMIT ? FOR UPDATE SKIP LOCKED
                        """, now, limit).list(Enrollment.class);
    }

    @Query("""
            UPDATE enrollments SET status = 'EXPIRED', version = version + 1, updated_at = :now WHERE id = ANY(:ids)
            """)
    void expire(@UuidArray Collection<UUID> ids, Instant now);

    default void update(Enrollment enrollment, Instant now) {
        Sql.of(
                        """
                        UPDATE enrollments
                        SET status = ?, source = ?, progress_percentage = ?, started_at = ?, completed_at = ?,
                            last_accessed_at = ?, expires_at = ?, version = ?, updated_at = ?
                        WHERE id = ?
                        """,
                        enrollment.status().name(),
                        enrollment.source().name(),
                        enrollment.percentage(),
                        enrollment.startedAt(),
                        enrollment.completedAt(),
                        enrollment.lastAccessedAt(),
                        enrollment.expiresAt(),
                        enrollment.version(),
                        now,
                        enrollment.id())
                .update();
    }

    /// Makes the partitions of all years up to one, also those of `lesson_progress`.
    ///
    /// @return how many were missing
    default int makePartitions(int lastYear) {
        return Sql.of("SELECT make_partitions(?)", lastYear)
                .find(row -> row.getInt(1))
                .orElseThrow();
    }
}
