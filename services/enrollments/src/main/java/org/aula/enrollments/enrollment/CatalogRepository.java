package org.aula.enrollments.enrollment;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Handles;

/// What `courses` publishes in `courses_api`, and `auth` in `auth_api`.
@Singleton
final class CatalogRepository {

    Optional<CatalogCourse> findCourse(UUID id) {
        return Handles.current().createQuery(
                        "SELECT id, instructor_id, status, price_minor FROM courses_api.courses WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> new CatalogCourse(
                        row.getObject("id", UUID.class),
                        row.getObject("instructor_id", UUID.class),
                        row.getString("status").equals("PUBLISHED"),
                        row.getLong("price_minor")))
                .findOne();
    }

    /// Courses that a learner must have completed before a course, and has not. What was paid back does not
    /// count; what expired since does.
    List<UUID> findMissingPrerequisites(UUID courseId, UUID userId) {
        return Handles.current().createQuery("""
                        SELECT p.prerequisite_id FROM courses_api.course_prerequisites p
                        WHERE p.course_id = :courseId AND NOT EXISTS (
                            SELECT FROM enrollment_keys k JOIN enrollments e ON e.id = k.enrollment_id
                            WHERE k.user_id = :userId AND k.course_id = p.prerequisite_id
                                AND e.completed_at IS NOT NULL AND e.status <> 'REFUNDED')
                        ORDER BY p.prerequisite_id
                        """)
                .bind("courseId", courseId)
                .bind("userId", userId)
                .mapTo(UUID.class)
                .list();
    }

    boolean hasUser(UUID userId) {
        return Handles.current().createQuery("""
                        SELECT EXISTS (SELECT FROM auth_api.accounts WHERE id = :userId AND deleted_at IS NULL)
                        """)
                .bind("userId", userId)
                .mapTo(Boolean.class)
                .one();
    }
}
