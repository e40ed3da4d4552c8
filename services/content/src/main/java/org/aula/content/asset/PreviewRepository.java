package org.aula.content.asset;

import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.aula.kernel.postgres.UuidArray;

/// The view `courses_api.previews`.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface PreviewRepository extends GenericRepository<PreviewRepository.Lesson, UUID> {

    /// A lesson of a course.
    @MappedEntity("previews")
    record Lesson(UUID lessonId, UUID courseId) {}

    /// Those of the lessons that anyone may read: previews of published courses.
    @Query("SELECT lesson_id, course_id FROM courses_api.previews WHERE lesson_id = ANY (:lessonIds)")
    List<Lesson> find(@UuidArray Collection<UUID> lessonIds);
}
