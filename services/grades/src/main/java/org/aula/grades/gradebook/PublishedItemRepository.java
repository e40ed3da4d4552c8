package org.aula.grades.gradebook;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Handles;

/// What `assignments` publishes of what can be graded.
@Singleton
final class PublishedItemRepository {

    Optional<Item> quiz(UUID id, int version) {
        return Handles.current().createQuery("""
                        SELECT course_id, title, total_points FROM assignments_api.quiz_versions
                        WHERE quiz_id = :id AND version = :version
                        """)
                .bind("id", id)
                .bind("version", version)
                .map((row, context) -> new Item(
                        id,
                        row.getObject("course_id", UUID.class),
                        Item.Kind.QUIZ,
                        row.getString("title"),
                        row.getInt("total_points"),
                        version))
                .findOne();
    }

    Optional<Item> fileAssignment(UUID id, int version) {
        return Handles.current().createQuery("""
                        SELECT course_id, title, points FROM assignments_api.file_assignment_versions
                        WHERE file_assignment_id = :id AND version = :version
                        """)
                .bind("id", id)
                .bind("version", version)
                .map((row, context) -> new Item(
                        id,
                        row.getObject("course_id", UUID.class),
                        Item.Kind.FILE_ASSIGNMENT,
                        row.getString("title"),
                        row.getInt("points"),
                        version))
                .findOne();
    }
}
