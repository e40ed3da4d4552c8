package org.aula.analytics.activity;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// What `courses` publishes in `courses_api`.
@Singleton
final class CourseRepository {

    Optional<UUID> findInstructor(Handle handle, UUID courseId) {
        return handle.createQuery("SELECT instructor_id FROM courses_api.courses WHERE id = :id")
                .bind("id", courseId)
                .mapTo(UUID.class)
                .findOne();
    }
}
