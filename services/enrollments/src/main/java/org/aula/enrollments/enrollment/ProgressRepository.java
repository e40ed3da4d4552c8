package org.aula.enrollments.enrollment;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.aula.courseaccess.LessonConditions;
import org.aula.courseaccess.Person;
import org.aula.courseaccess.ReadableLesson;
import org.aula.courseaccess.Reading;
import org.aula.kernel.postgres.Columns;
import org.aula.kernel.postgres.GenericPlan;
import org.aula.kernel.postgres.Sql;
import org.jspecify.annotations.Nullable;

/// Rows of `lesson_progress`, partitioned by the year in the enrollment's id. Writers hold the enrollment's
/// row lock. Durations are columns of whole seconds, which Micronaut Data does not map: their rows are read
/// here.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface ProgressRepository extends GenericRepository<Completion, UUID> {

    /// Progress in lessons; conditions follow.
    String SELECT = """
            SELECT enrollment_id, lesson_id, status, time_spent_seconds, position_seconds, first_accessed_at,
                last_accessed_at, completed_at, attempts, last_attempt_at, score
            FROM lesson_progress
            """;

    /// A lesson of an enrollment's course, as work on it needs to know it. Whether it may be read is told as
    /// if the enrollment were active.
    default Optional<Lesson> findLesson(Enrollment enrollment, UUID lessonId, Instant now) {
        return Sql.of("""
                SELECT lesson.id, lesson.course_id, lesson.release_at, before.missing, length.type,
                    length.duration_seconds,
                """)
                .add(LessonConditions.reading(new Person(enrollment.userId(), false), now))
                .add(" AS reading FROM courses_api.lessons lesson")
                .add(LessonConditions.joinEnrollment(enrollment.id()))
                .add(
                        "JOIN courses_api.lesson_lengths length ON length.id = lesson.id"
                                + " WHERE lesson.id = ? AND lesson.course_id = ?",
                        lessonId,
                        enrollment.courseId())
                .find(ProgressRepository::lesson);
    }

    /// Whether a lesson has a quiz or an assignment that has to be passed.
    @Query("SELECT EXISTS (SELECT FROM assignments_api.lessons_to_pass WHERE lesson_id = :lessonId)")
    boolean isToBePassed(UUID lessonId);

    default Optional<LessonProgress> find(UUID enrollmentId, UUID lessonId) {
        return Sql.of(SELECT + "WHERE enrollment_id = ? AND lesson_id = ?", enrollmentId, lessonId)
                .find(ProgressRepository::progress);
    }

    /// Progress of an enrollment, in the order in which lessons were opened.
    default List<LessonProgress> find(UUID enrollmentId) {
        return findAll(List.of(enrollmentId)).getOrDefault(enrollmentId, List.of());
    }

    /// Progress of many enrollments in one statement, by enrollment, each in the order in which lessons were
    /// opened.
    default Map<UUID, List<LessonProgress>> findAll(Collection<UUID> enrollmentIds) {
        return Sql.of(
                        SELECT + "WHERE enrollment_id = ANY(?) ORDER BY first_accessed_at, lesson_id"
                                + GenericPlan.MARK,
                        (Object) enrollmentIds.toArray(UUID[]::new))
                .list(ProgressRepository::progress)
                .stream()
                .collect(Collectors.groupingBy(LessonProgress::enrollmentId));
    }

    default void save(LessonProgress progress) {
        Sql.of(
                        """
                        INSERT INTO lesson_progress (
                            enrollment_id, lesson_id, status, time_spent_seconds, position_seconds, first_accessed_at,
                            last_accessed_at, completed_at, attempts, last_attempt_at, score)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT (enrollment_id, lesson_id) DO UPDATE
                        SET status = excluded.status, time_spent_seconds = excluded.time_spent_seconds,
                            position_seconds = excluded.position_seconds,
                            last_accessed_at = excluded.last_accessed_at, completed_at = excluded.completed_at,
                            attempts = excluded.attempts, last_attempt_at = excluded.last_attempt_at,
                            score = excluded.score,
                            version = lesson_progress.version + 1
                        """,
                        progress.enrollmentId(),
                        progress.lessonId(),
                        progress.status().name(),
                        progress.timeSpent().toSeconds(),
                        progress.position().toSeconds(),
                        progress.firstAccessedAt(),
                        progress.lastAccessedAt(),
                        progress.completedAt(),
                        progress.attempts(),
                        progress.lastAttemptAt(),
                        progress.score())
                .update();
    }

    /// Counts over the lessons that the course has now; progress in lessons that are gone does not count.
    @Query("""
            SELECT count(p.lesson_id) AS completed, count(*) AS mandatory
            FROM courses_api.lessons l LEFT JOIN lesson_progress p
                ON p.enrollment_id = :enrollmentId AND p.lesson_id = l.id AND p.status = 'COMPLETED'
            WHERE l.course_id = :courseId AND l.mandatory
            """)
    Completion completion(UUID enrollmentId, UUID courseId);

    /// Enrollments that are open, by id, with what their lessons come to.
    ///
    /// @param after the last id that was looked at; null from the beginning
    default List<Reconciliation> recount(@Nullable UUID after, int limit) {
        return Sql.of("""
                        SELECT e.id, e.status, e.progress_percentage, counts.mandatory, counts.completed,
                            EXISTS (SELECT FROM certificates c WHERE c.enrollment_id = e.id) AS certified
                        FROM enrollments e CROSS JOIN LATERAL (
                            SELECT count(*) AS mandatory, count(p.lesson_id) AS completed
                            FROM courses_api.lessons l LEFT JOIN lesson_progress p
                                ON p.enrollment_id = e.id AND p.lesson_id = l.id AND p.status = 'COMPLETED'
                            WHERE l.course_id = e.course_id AND l.mandatory) counts
                        WHERE e.opens_lessons
                            AND (CAST(? AS uuid) IS NULL OR e.id > CAST(? AS uuid))
                        ORDER BY e.id LIMIT ?
                        """, after, after, limit)
                .list(row -> new Reconciliation(
                        row.getObject("id", UUID.class),
                        row.getString("status").equals("COMPLETED"),
                        row.getBigDecimal("progress_percentage"),
                        new Completion(row.getLong("completed"), row.getLong("mandatory")),
                        row.getBoolean("certified")));
    }

    private static Lesson lesson(ResultSet row) throws SQLException {
        var access = new ReadableLesson(
                row.getObject("id", UUID.class),
                row.getObject("course_id", UUID.class),
                Reading.valueOf(row.getString("reading")),
                Columns.instantOrNull(row, "release_at"),
                List.of((UUID[]) row.getArray("missing").getArray()));
        return new Lesson(
                access, row.getString("type").equals("VIDEO"), Duration.ofSeconds(row.getLong("duration_seconds")));
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
