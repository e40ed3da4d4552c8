package org.aula.enrollments.enrollment;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// What `courses` publishes in `courses_api`.
@Singleton
final class CatalogRepository {

    Optional<CatalogCourse> findCourse(Handle handle, UUID id) {
        return handle.createQuery("SELECT id, status, price_minor FROM courses_api.courses WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> new CatalogCourse(
                        row.getObject("id", UUID.class),
                        row.getString("status").equals("PUBLISHED"),
                        row.getLong("price_minor")))
                .findOne();
    }
}
