package org.aula.enrollments.enrollment;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Columns;
import org.aula.kernel.postgres.Plans;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// `enrollments`, partitioned by the year in its id, and `enrollment_keys`, which leads from a learner and
/// a course to the id. Every statement names ids, so that it touches the partitions of those years only; a
/// learner's list walks them from the latest.
@Singleton
public final class EnrollmentRepository {

    static final String COLUMNS = """
            e.id, e.user_id, e.course_id, e.status, e.source, e.progress_percentage, e.created_at, e.started_at,
            e.completed_at, e.last_accessed_at, e.expires_at, e.version
            """;

    /// Takes the place of a learner in a course, once for ever, with a new enrollment. Waits for somebody else's
    /// attempt at the same place.
    ///
    /// @return false when it is taken; then nothing is inserted
    boolean tryInsert(Handle handle, Enrollment enrollment) {
        return handle.createUpdate("""
                                WITH place AS (
                                    INSERT INTO enrollment_keys (user_id, course_id, enrollment_id)
                                    VALUES (:userId, :courseId, :id) ON CONFLICT (user_id, course_id) DO NOTHING
                                    RETURNING user_id, course_id, enrollment_id)
                                INSERT INTO enrollments (
                                    id, user_id, course_id, status, source, expires_at, version, created_at,
                                    updated_at)
                                SELECT enrollment_id, user_id, course_id, :status, :source,
                                    CAST(:expiresAt AS timestamptz), :version, CAST(:createdAt AS timestamptz),
                                    CAST(:createdAt AS timestamptz)
                                FROM place
                                """)
                        .bind("id", enrollment.id())
                        .bind("userId", enrollment.userId())
                        .bind("courseId", enrollment.courseId())
                        .bind("status", enrollment.status().name())
                        .bind("source", enrollment.source().name())
                        .bind("expiresAt", enrollment.expiresAt())
                        .bind("version", enrollment.version())
                        .bind("createdAt", enrollment.createdAt())
                        .execute()
                == 1;
    }

    UUID findKey(Handle handle, UUID userId, UUID courseId) {
        return handle.createQuery("""
                        SELECT enrollment_id FROM enrollment_keys WHERE user_id = :userId AND course_id = :courseId
                        """)
                .bind("userId", userId)
                .bind("courseId", courseId)
                .mapTo(UUID.class)
                .one();
    }

    Optional<Enrollment> find(Handle handle, UUID id) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM enrollments e WHERE e.id = :id")
                .bind("id", id)
                .map((row, context) -> enrollment(row))
                .findOne();
    }

    /// Locks the row until the transaction ends: progress of one enrollment is written one after the other.
    Optional<Enrollment> findForUpdate(Handle handle, UUID id) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM enrollments e WHERE e.id = :id FOR UPDATE")
                .bind("id", id)
                .map((row, context) -> enrollment(row))
                .findOne();
    }

    public List<Enrollment> findByCourses(Handle handle, UUID userId, Collection<UUID> courseIds) {
        return Plans.once(handle.createQuery("SELECT " + COLUMNS + """
                        FROM enrollment_keys k JOIN enrollments e ON e.id = k.enrollment_id
                        WHERE k.user_id = :userId AND k.course_id = ANY(:courseIds)
                        """))
                .bind("userId", userId)
                .bindArray("courseIds", UUID.class, courseIds)
                .map((row, context) -> enrollment(row))
                .list();
    }

    /// A learner's enrollments, the latest first: the id tells when it was made.
    ///
    /// @param status null for any
    /// @param before the last id of the page before; null for the first page
    List<Enrollment> list(
            Handle handle, UUID userId, Enrollment.@Nullable Status status, @Nullable UUID before, int limit) {
        return handle.createQuery("SELECT " + COLUMNS + """
                        FROM enrollments e
                        WHERE e.user_id = :userId
                            AND (CAST(:status AS text) IS NULL OR e.status = :status)
                            AND (CAST(:before AS uuid) IS NULL OR e.id < CAST(:before AS uuid))
                        ORDER BY e.id DESC LIMIT :limit
                        """)
                .bind("userId", userId)
                .bind("status", status == null ? null : status.name())
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> enrollment(row))
                .list();
    }

    /// Many enrollments by their ids, in their order.
    public List<Enrollment> findAll(Handle handle, Collection<UUID> ids) {
        return findAll(handle, ids, "");
    }

    /// As [#findAll], and locks their rows one after the other.
    public List<Enrollment> lockAll(Handle handle, Collection<UUID> ids) {
        return findAll(handle, ids, " FOR UPDATE");
    }

    private static List<Enrollment> findAll(Handle handle, Collection<UUID> ids, String lock) {
        return handle.createQuery(
                        "SELECT " + COLUMNS + " FROM enrollments e WHERE e.id = ANY(:ids) ORDER BY e.id" + lock)
                .bindArray("ids", UUID.class, ids)
                .map((row, context) -> enrollment(row))
                .list();
    }

    /// Inserts many enrollments, all just begun at one moment in one way, whose places are taken.
    public void insertAll(Handle handle, List<Enrollment> begun) {
        if (begun.isEmpty()) {
            return;
        }
        var first = begun.getFirst();
        handle.createUpdate("""
                        INSERT INTO enrollments (
                            id, user_id, course_id, expires_at, status, source, version, created_at, updated_at)
                        SELECT id, user_id, course_id, expires_at, :status, :source, 1, :createdAt, :createdAt
                        FROM unnest(CAST(:ids AS uuid[]), CAST(:users AS uuid[]), CAST(:courses AS uuid[]),
                                CAST(:expiries AS timestamptz[]))
                            AS c(id, user_id, course_id, expires_at)
                        """)
                .bind("status", first.status().name())
                .bind("source", first.source().name())
                .bind("createdAt", first.createdAt())
                .bindArray("ids", UUID.class, begun.stream().map(Enrollment::id).toList())
                .bindArray(
                        "users",
                        UUID.class,
                        begun.stream().map(Enrollment::userId).toList())
                .bindArray(
                        "courses",
                        UUID.class,
                        begun.stream().map(Enrollment::courseId).toList())
                .bindArray(
                        "expiries",
                        String.class,
                        begun.stream()
                                .map(enrollment -> enrollment.expiresAt() == null
                                        ? null
                                        : enrollment.expiresAt().toString())
                                .toList())
                .execute();
    }

    /// What a learner's enrollments open, of no more than `limit`.
    List<AccessCache.Access> listAccess(Handle handle, UUID userId, int limit) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM enrollments e WHERE e.user_id = :userId LIMIT :limit")
                .bind("userId", userId)
                .bind("limit", limit)
                .map((row, context) -> AccessCache.Access.of(enrollment(row)))
                .list();
    }

    /// Open enrollments whose time is over, locked; those that somebody is at work on are left for the next
    /// time.
    List<Enrollment> lockPastTime(Handle handle, Instant now, int limit) {
        return handle.createQuery("SELECT " + COLUMNS + """
                        FROM enrollments e
                        WHERE e.expires_at <= :now AND e.status IN ('ENROLLED', 'IN_PROGRESS', 'PAUSED', 'COMPLETED')
                        ORDER BY e.expires_at, e.id LIMIT :limit FOR UPDATE SKIP LOCKED
                        """)
                .bind("now", now)
                .bind("limit", limit)
                .map((row, context) -> enrollment(row))
                .list();
    }

    void expire(Handle handle, Collection<UUID> ids, Instant now) {
        handle.createUpdate("""
                        UPDATE enrollments SET status = 'EXPIRED', version = version + 1, updated_at = :now
                        WHERE id = ANY(:ids)
                        """)
                .bindArray("ids", UUID.class, ids)
                .bind("now", now)
                .execute();
    }

    void update(Handle handle, Enrollment enrollment, Instant now) {
        handle.createUpdate("""
                        UPDATE enrollments
                        SET status = :status, source = :source, progress_percentage = :percentage,
                            started_at = :startedAt, completed_at = :completedAt,
                            last_accessed_at = :lastAccessedAt, expires_at = :expiresAt, version = :version,
                            updated_at = :now
                        WHERE id = :id
                        """)
                .bind("id", enrollment.id())
                .bind("status", enrollment.status().name())
                .bind("source", enrollment.source().name())
                .bind("expiresAt", enrollment.expiresAt())
                .bind("percentage", enrollment.percentage())
                .bind("startedAt", enrollment.startedAt())
                .bind("completedAt", enrollment.completedAt())
                .bind("lastAccessedAt", enrollment.lastAccessedAt())
                .bind("version", enrollment.version())
                .bind("now", now)
                .execute();
    }

    static Enrollment enrollment(ResultSet row) throws SQLException {
        return new Enrollment(
                row.getObject("id", UUID.class),
                row.getObject("user_id", UUID.class),
                row.getObject("course_id", UUID.class),
                Enrollment.Status.valueOf(row.getString("status")),
                Enrollment.Source.valueOf(row.getString("source")),
                row.getBigDecimal("progress_percentage"),
                Columns.instant(row, "created_at"),
                Columns.instantOrNull(row, "started_at"),
                Columns.instantOrNull(row, "completed_at"),
                Columns.instantOrNull(row, "last_accessed_at"),
                Columns.instantOrNull(row, "expires_at"),
                row.getLong("version"));
    }
}
