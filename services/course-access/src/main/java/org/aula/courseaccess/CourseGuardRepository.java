package org.aula.courseaccess;

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
import org.jspecify.annotations.Nullable;

/// Reads the views of `courses_api` and `enrollments_api`. Every statement has one plan for each connection:
/// with the partitions of all years, making a plan takes longer than the statement.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface CourseGuardRepository extends GenericRepository<KnownCourse, UUID> {

    /// A course and a user's enrollment in it; conditions follow.
    private static Sql select(@Nullable UUID userId, Instant now) {
        return Sql.of("""
                SELECT course.id, course.instructor_id, course.in_catalog, learner.enrollment_id,
                    coalesce(
                        learner.opens_lessons AND (learner.expires_at IS NULL OR learner.expires_at > ?), false) AS open
                FROM courses_api.courses course LEFT JOIN enrollments_api.learners learner
                    ON learner.course_id = course.id AND learner.user_id = CAST(? AS uuid)
                """, now, userId);
    }

    /// @param userId null for nobody's enrollment
    default Optional<KnownCourse> find(UUID courseId, @Nullable UUID userId, Instant now) {
        return select(userId, now)
                .add("WHERE course.id = ?" + GenericPlan.MARK, courseId)
                .find(KnownCourse.class);
    }

    /// Those of the courses that there are, in any order.
    default List<KnownCourse> findAll(Collection<UUID> courseIds, UUID userId, Instant now) {
        return select(userId, now)
                .add("WHERE course.id = ANY(?)" + GenericPlan.MARK, (Object) courseIds.toArray(UUID[]::new))
                .list(KnownCourse.class);
    }

    /// Those of the lessons that there are, in any order.
    default List<ReadableLesson> read(Collection<UUID> lessonIds, Person person, Instant now) {
        return Sql.of("SELECT lesson.id, lesson.course_id, lesson.release_at, before.missing, ")
                .add(LessonConditions.reading(person, now))
                .add(" AS reading FROM courses_api.lessons lesson")
                .add(LessonConditions.join(person, now))
                .add("WHERE lesson.id = ANY(?)" + GenericPlan.MARK, (Object) lessonIds.toArray(UUID[]::new))
                .list(ReadableLesson.class);
    }
}
