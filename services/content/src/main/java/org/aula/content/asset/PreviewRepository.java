package org.aula.content.asset;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.aula.kernel.postgres.Handles;

/// The view `courses_api.previews`.
@Singleton
final class PreviewRepository {

    /// A lesson of a course.
    record Lesson(UUID lessonId, UUID courseId) {}

    /// Those of the lessons that anyone may read: previews of published courses.
    Set<Lesson> find(Collection<UUID> lessonIds) {
        return Handles.current()
                .createQuery("SELECT lesson_id, course_id FROM courses_api.previews WHERE lesson_id = ANY (:ids)")
                .bindArray("ids", UUID.class, lessonIds.toArray())
                .map((row, context) ->
                        new Lesson(row.getObject("lesson_id", UUID.class), row.getObject("course_id", UUID.class)))
                .stream()
                .collect(Collectors.toUnmodifiableSet());
    }
}
