package org.aula.assignments.course;

import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.aula.kernel.postgres.Sql;
import org.aula.kernel.postgres.UuidArray;

/// Reads the view `courses_api.lesson_types`, and deletes what a course that is gone had here.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface CourseRepository extends GenericRepository<CourseRepository.Lesson, UUID> {

    /// A lesson of a course.
    @MappedEntity("lesson_types")
    record Lesson(UUID lessonId) {}

    /// Whether a course has this lesson, of this type.
    ///
    /// @param type as the courses service calls it, such as `QUIZ`
    @Query("""
            SELECT EXISTS (
                SELECT 1 FROM courses_api.lesson_types
                WHERE lesson_id = :lessonId AND course_id = :courseId AND type = :type)
            """)
    boolean hasLesson(UUID courseId, UUID lessonId, String type);

    /// Those of the lessons that a course has, of this type, in any order.
    ///
    /// @param type as the courses service calls it, such as `QUIZ`
    @Query("""
            SELECT lesson_id FROM courses_api.lesson_types
            WHERE lesson_id = ANY(:lessonIds) AND course_id = :courseId AND type = :type
            """)
    List<UUID> lessonsOf(UUID courseId, @UuidArray Collection<UUID> lessonIds, String type);

    /// Lets those who add to one course follow each other until the end of the transaction, so that limits
    /// hold.
    default void lockLimits(UUID courseId) {
        Sql.of("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", "assignments of " + courseId)
                .find(row -> true);
    }

    /// Whoever is adding to the course comes first, or finds it gone.
    default void deleteAllOf(UUID courseId) {
        lockLimits(courseId);
        for (var table : List.of("quizzes", "question_banks", "file_assignments")) {
            Sql.of("DELETE FROM " + table + " WHERE course_id = ?", courseId).update();
        }
    }
}
