package org.aula.courseaccess;

import java.time.Instant;
import java.util.UUID;
import org.aula.kernel.postgres.Sql;

/// SQL that says which lessons somebody may read, for statements that embed it: [#join] or [#joinEnrollment]
/// behind `FROM courses_api.lessons lesson`, then [#reading] as a column or a condition.
public final class LessonConditions {

    private static final String COURSE = " JOIN courses_api.courses course ON course.id = lesson.course_id ";

    private static final String LEARNER = """
            LEFT JOIN enrollments_api.learners learner ON learner.course_id = course.id AND learner.user_id = ?
                AND learner.opens_lessons AND (learner.expires_at IS NULL OR learner.expires_at > ?)
            """;

    /// A row `before` with the ids of lessons that come first and are not completed, as the array `missing`.
    /// OFFSET keeps it a row of its own: else the planner puts it in each place that names it, with all
    /// years' partitions.
    private static final String BEFORE = """
            CROSS JOIN LATERAL (
                SELECT ARRAY(
                    SELECT first.prerequisite_id FROM courses_api.lesson_prerequisites first
                    WHERE first.lesson_id = lesson.id AND NOT EXISTS (
                        SELECT FROM enrollments_api.completed_lessons done
                        WHERE done.enrollment_id = learner.enrollment_id AND done.lesson_id = first.prerequisite_id)
                    ORDER BY first.prerequisite_id) AS missing
                OFFSET 0) before
            """;

    private LessonConditions() {}

    /// Joins to a row `lesson` the rows `course`, `learner` (the person's enrollment if it opens the course,
    /// else NULL) and `before` (`missing`: an array of ids).
    public static Sql join(Person person, Instant now) {
        return Sql.of(COURSE + LEARNER + BEFORE, person.id(), now);
    }

    /// As [#join], where it is known that this enrollment opens the lesson's course.
    public static Sql joinEnrollment(UUID enrollmentId) {
        return Sql.of(COURSE + "CROSS JOIN (SELECT CAST(? AS uuid) AS enrollment_id) learner " + BEFORE, enrollmentId);
    }

    /// The name of a [Reading], of the joined rows. A preview in the catalog is open to everybody once it is
    /// released, whatever comes first: visitors complete nothing.
    public static Sql reading(Person person, Instant now) {
        return Sql.of("""
                CASE
                    WHEN ? OR course.instructor_id = ? THEN 'ALWAYS'
                    WHEN learner.enrollment_id IS NULL AND NOT (course.in_catalog AND lesson.preview)
                        THEN CASE WHEN course.in_catalog THEN 'ENROLLMENT_REQUIRED' ELSE 'HIDDEN' END
                    WHEN lesson.release_at > ? THEN 'NOT_RELEASED'
                    WHEN before.missing <> '{}' AND NOT (course.in_catalog AND lesson.preview)
                        THEN 'PREREQUISITE_MISSING'
                    ELSE 'OPEN'
                END
                """, person.seesAll(), person.id(), now);
    }

    /// Ids of the courses that enrollments open to somebody, as an array: `course_id = ANY (…)`. An array is
    /// made once and then looked up in an index, also in one of vectors; a join or EXISTS is asked row by
    /// row.
    public static Sql openCourses(Person person, Instant now) {
        return Sql.of("""
                ARRAY(
                    SELECT learner.course_id FROM enrollments_api.learners learner WHERE learner.user_id = ?
                        AND learner.opens_lessons AND (learner.expires_at IS NULL OR learner.expires_at > ?))
                """, person.id(), now);
    }
}
