package org.aula.grades.course;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Columns;
import org.jdbi.v3.core.Handle;

/// What `courses` and `enrollments` publish in their views.
@Singleton
final class CourseRepository {

    Optional<Course> find(Handle handle, UUID id) {
        return handle.createQuery("SELECT id, instructor_id, status FROM courses_api.courses WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> new Course(
                        row.getObject("id", UUID.class),
                        row.getObject("instructor_id", UUID.class),
                        row.getString("status").equals("PUBLISHED")))
                .findOne();
    }

    Optional<Enrollment> findEnrollment(Handle handle, UUID userId, UUID courseId) {
        return handle.createQuery("""
                        SELECT enrollment_id, status, expires_at FROM enrollments_api.learners
                        WHERE user_id = :userId AND course_id = :courseId
                        """)
                .bind("userId", userId)
                .bind("courseId", courseId)
                .map((row, context) -> new Enrollment(
                        row.getObject("enrollment_id", UUID.class),
                        row.getString("status"),
                        Columns.instantOrNull(row, "expires_at")))
                .findOne();
    }
}
