package org.aula.analytics.activity;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Handles;

/// What `courses` publishes in `courses_api`.
@Singleton
final class CourseRepository {

    /// @param published whether everybody may know of it
    record Course(UUID instructorId, boolean published) {}

    Optional<Course> find(UUID courseId) {
        return Handles.current().createQuery("SELECT instructor_id, status FROM courses_api.courses WHERE id = :id")
                .bind("id", courseId)
                .map((row, context) -> new Course(
                        row.getObject("instructor_id", UUID.class),
                        row.getString("status").equals("PUBLISHED")))
                .findOne();
    }
}
