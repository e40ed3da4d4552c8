package org.aula.assignments.course;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.aula.kernel.postgres.Handles;

/// Reads the views of `courses_api`, and deletes what a course that is gone had here.
@Singleton
public final class CourseRepository {

    public Optional<Course> find(UUID id) {
        return Handles.current().createQuery("""
                        SELECT id, instructor_id, status = 'PUBLISHED' AS published
                        FROM courses_api.courses WHERE id = :id
                        """)
                .bind("id", id)
                .map((row, context) -> new Course(
                        row.getObject("id", UUID.class),
                        row.getObject("instructor_id", UUID.class),
                        row.getBoolean("published")))
                .findOne();
    }

    /// Whether a course has this lesson, of this type.
    ///
    /// @param type as the courses service calls it, such as `QUIZ`
    boolean hasLesson(UUID courseId, UUID lessonId, String type) {
        return Handles.current().createQuery("""
                        SELECT EXISTS (
                            SELECT 1 FROM courses_api.lesson_types
                            WHERE lesson_id = :lessonId AND course_id = :courseId AND type = :type)
                        """)
                .bind("lessonId", lessonId)
                .bind("courseId", courseId)
                .bind("type", type)
                .mapTo(Boolean.class)
                .one();
    }

    /// Those of the lessons that a course has, of this type.
    ///
    /// @param type as the courses service calls it, such as `QUIZ`
    public Set<UUID> lessonsOf(UUID courseId, Collection<UUID> lessonIds, String type) {
        return Handles.current().createQuery("""
                        SELECT lesson_id FROM courses_api.lesson_types
                        WHERE lesson_id = ANY(:lessonIds) AND course_id = :courseId AND type = :type
                        """)
                .bindArray("lessonIds", UUID.class, lessonIds)
                .bind("courseId", courseId)
                .bind("type", type)
                .mapTo(UUID.class)
                .set();
    }

    /// Lets those who add to one course follow each other until the end of the transaction, so that limits
    /// hold.
    public void lockLimits(UUID courseId) {
        Handles.current().createQuery("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0)) IS NULL")
                .bind("key", "assignments of " + courseId)
                .mapTo(Boolean.class)
                .one();
    }

    /// Whoever is adding to the course comes first, or finds it gone.
    void deleteAllOf(UUID courseId) {
        lockLimits(courseId);
        for (var table : new String[] {"quizzes", "question_banks", "file_assignments"}) {
            Handles.current().createUpdate("DELETE FROM " + table + " WHERE course_id = :courseId")
                    .bind("courseId", courseId)
                    .execute();
        }
    }
}
