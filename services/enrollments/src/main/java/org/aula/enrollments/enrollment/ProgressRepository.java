package org.aula.enrollments.enrollment;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.aula.kernel.postgres.Columns;
import org.aula.kernel.postgres.Plans;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// `lesson_progress`, partitioned by the year in the enrollment's id. Writers hold the enrollment's row lock.
@Singleton
final class ProgressRepository {

    private static final String COLUMNS = """
            enrollment_id, lesson_id, status, time_spent_seconds, position_seconds, first_accessed_at,
            last_accessed_at, completed_at, attempts, last_attempt_at, score
            """;

    /// A lesson of a course, as its completion needs to know it.
    Optional<Lesson> findLesson(Handle handle, UUID courseId, UUID lessonId) {
        return handle.createQuery("""
                        SELECT l.id, n.type, n.duration_seconds
                        FROM courses_api.lessons l JOIN courses_api.lesson_lengths n ON n.id = l.id
                        WHERE l.id = :lessonId AND l.course_id = :courseId
                        """)
                .bind("lessonId", lessonId)
                .bind("courseId", courseId)
                .map((row, context) -> new Lesson(
                        row.getObject("id", UUID.class),
                        row.getString("type").equals("VIDEO"),
                        Duration.ofSeconds(row.getLong("duration_seconds"))))
                .findOne();
    }

    /// Whether a lesson has a quiz or an assignment that has to be passed.
    boolean isToBePassed(Handle handle, UUID lessonId) {
        return handle.createQuery("SELECT EXISTS (SELECT FROM assignments_api.lessons_to_pass WHERE lesson_id = :id)")
                .bind("id", lessonId)
                .mapTo(Boolean.class)
                .one();
    }

    Optional<LessonProgress> find(Handle handle, UUID enrollmentId, UUID lessonId) {
        return handle.createQuery("SELECT " + COLUMNS
                        + "FROM lesson_progress WHERE enrollment_id = :enrollmentId AND lesson_id = :lessonId")
                .bind("enrollmentId", enrollmentId)
                .bind("lessonId", lessonId)
                .map((row, context) -> progress(row))
                .findOne();
    }

    /// Progress of many enrollments in one statement, by enrollment, each in the order in which lessons were
    /// opened.
    Map<UUID, List<LessonProgress>> findAll(Handle handle, Collection<UUID> enrollmentIds) {
        return Plans.once(handle.createQuery("SELECT " + COLUMNS + """
                        FROM lesson_progress WHERE enrollment_id = ANY(:enrollmentIds)
                        ORDER BY first_accessed_at, lesson_id
                        """))
                .bindArray("enrollmentIds", UUID.class, enrollmentIds)
                .map((row, context) -> progress(row))
                .stream()
                .collect(Collectors.groupingBy(progress -> progress.enrollmentId()));
    }

    void save(Handle handle, LessonProgress progress) {
        handle.createUpdate("""
                        INSERT INTO lesson_progress (
                            enrollment_id, lesson_id, status, time_spent_seconds, position_seconds, first_accessed_at,
                            last_accessed_at, completed_at, attempts, last_attempt_at, score)
                        VALUES (
                            :enrollmentId, :lessonId, :status, :timeSpent, :position, :firstAccessedAt,
                            :lastAccessedAt, :completedAt, :attempts, :lastAttemptAt, :score)
                        ON CONFLICT (enrollment_id, lesson_id) DO UPDATE
                        SET status = excluded.status, time_spent_seconds = excluded.time_spent_seconds,
                            position_seconds = excluded.position_seconds,
                            last_accessed_at = excluded.last_accessed_at, completed_at = excluded.completed_at,
                            attempts = excluded.attempts, last_attempt_at = excluded.last_attempt_at,
                            score = excluded.score,
                            version = lesson_progress.version + 1
                        """)
                .bind("enrollmentId", progress.enrollmentId())
                .bind("lessonId", progress.lessonId())
                .bind("status", progress.status().name())
                .bind("timeSpent", progress.timeSpent().toSeconds())
                .bind("position", progress.position().toSeconds())
                .bind("firstAccessedAt", progress.firstAccessedAt())
                .bind("lastAccessedAt", progress.lastAccessedAt())
                .bind("completedAt", progress.completedAt())
                .bind("attempts", progress.attempts())
                .bind("lastAttemptAt", progress.lastAttemptAt())
                .bind("score", progress.score())
                .execute();
    }

    /// Counts over the lessons that the course has now; progress in lessons that are gone does not count.
    Completion completion(Handle handle, Enrollment enrollment) {
        return handle.createQuery("""
                        SELECT count(*) AS mandatory, count(p.lesson_id) AS completed
                        FROM courses_api.lessons l LEFT JOIN lesson_progress p
                            ON p.enrollment_id = :id AND p.lesson_id = l.id AND p.status = 'COMPLETED'
                        WHERE l.course_id = :courseId AND l.mandatory
                        """)
                .bind("id", enrollment.id())
                .bind("courseId", enrollment.courseId())
                .map((row, context) -> new Completion(row.getLong("completed"), row.getLong("mandatory")))
                .one();
    }

    /// Enrollments that are open, by id, with what their lessons come to.
    ///
    /// @param after the last id that was looked at; null from the beginning
    List<Reconciliation> recount(Handle handle, @Nullable UUID after, int limit) {
        return handle.createQuery("""
                        SELECT e.id, e.status, e.progress_percentage, counts.mandatory, counts.completed,
                            EXISTS (SELECT FROM certificates c WHERE c.enrollment_id = e.id) AS certified
                        FROM enrollments e CROSS JOIN LATERAL (
                            SELECT count(*) AS mandatory, count(p.lesson_id) AS completed
                            FROM courses_api.lessons l LEFT JOIN lesson_progress p
                                ON p.enrollment_id = e.id AND p.lesson_id = l.id AND p.status = 'COMPLETED'
                            WHERE l.course_id = e.course_id AND l.mandatory) counts
                        WHERE e.status IN ('ENROLLED', 'IN_PROGRESS', 'PAUSED', 'COMPLETED')
                            AND (CAST(:after AS uuid) IS NULL OR e.id > CAST(:after AS uuid))
                        ORDER BY e.id LIMIT :limit
                        """)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> new Reconciliation(
                        row.getObject("id", UUID.class),
                        row.getString("status").equals("COMPLETED"),
                        row.getBigDecimal("progress_percentage"),
                        new Completion(row.getLong("completed"), row.getLong("mandatory")),
                        row.getBoolean("certified")))
                .list();
    }

    private static LessonProgress progress(ResultSet row) throws SQLException {
        return new LessonProgress(
                row.getObject("enrollment_id", UUID.class),
                row.getObject("lesson_id", UUID.class),
                LessonProgress.Status.valueOf(row.getString("status")),
                Duration.ofSeconds(row.getLong("time_spent_seconds")),
                Duration.ofSeconds(row.getLong("position_seconds")),
                Columns.instant(row, "first_accessed_at"),
                Columns.instant(row, "last_accessed_at"),
                Columns.instantOrNull(row, "completed_at"),
                row.getInt("attempts"),
                Columns.instant(row, "last_attempt_at"),
                row.getBigDecimal("score"));
    }
}
