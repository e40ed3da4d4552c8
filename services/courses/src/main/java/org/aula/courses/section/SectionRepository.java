package org.aula.courses.section;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.courses.course.Viewer;
import org.aula.kernel.postgres.GenericPlan;
import org.aula.kernel.postgres.Sql;
import org.aula.kernel.postgres.UuidArray;

/// Rows of `course_sections`.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface SectionRepository extends GenericRepository<Section, UUID> {

    String COLUMNS = "id, course_id, title, description, sort_order, version";

    /// A section, and how many its course has.
    @Introspected
    record Listed(Section section, int total) {}

    @Query("SELECT " + COLUMNS + " FROM course_sections WHERE id = :id")
    Optional<Section> find(UUID id);

    /// All sections of a course, in order.
    @Query("SELECT " + COLUMNS + " FROM course_sections WHERE course_id = :courseId ORDER BY sort_order, id")
    List<Section> ofCourse(UUID courseId);

    @Query("""
            UPDATE course_sections
            SET title = :title, description = :description, version = :version, updated_at = now()
            WHERE id = :id
            """)
    void update(Section section);

    /// Deletes a section that has no lessons any more.
    @Query("DELETE FROM course_sections WHERE id = :id")
    void delete(UUID id);

    /// Gives the sections of a course the places that they have in the list.
    @Query("""
            UPDATE course_sections section
            SET sort_order = wanted.ordinal - 1, version = section.version + 1, updated_at = now()
            FROM unnest(CAST(:ids AS uuid[])) WITH ORDINALITY AS wanted (id, ordinal)
            WHERE section.id = wanted.id AND section.course_id = :courseId
              AND section.sort_order <> wanted.ordinal - 1
            """)
    void reorder(UUID courseId, @UuidArray List<UUID> ids);

    /// How many sections a course has.
    @Query("SELECT count(*) FROM course_sections WHERE course_id = :courseId")
    int count(UUID courseId);

    /// The place behind the last section.
    @Query("SELECT coalesce(max(sort_order) + 1, 0) FROM course_sections WHERE course_id = :courseId")
    int nextSortOrder(UUID courseId);

    /// Inserts new sections in one round trip.
    @Query("""
            INSERT INTO course_sections (id, course_id, title, description, sort_order)
            VALUES (:id, :courseId, :title, :description, :sortOrder)
            """)
    void insert(List<Section> sections);

    /// The sections of many courses, those of one course in order. A course that does not exist for the
    /// viewer has none.
    ///
    /// @param first sections of each course at most
    default List<Listed> list(List<UUID> courseIds, int first, Viewer viewer) {
        return Sql.of("""
                        SELECT section.id, section.course_id, section.title, section.description,
                               section.sort_order, section.version, section.total
                        FROM courses course CROSS JOIN LATERAL (
                            SELECT\s""" + COLUMNS + """
                        , count(*) OVER () AS total
                            FROM course_sections WHERE course_id = course.id
                            ORDER BY sort_order, id LIMIT ?) section
                        WHERE course.id = ANY(?) AND
                        """, first, courseIds.toArray(UUID[]::new))
                .add(viewer.visible())
                .add("ORDER BY section.course_id, section.sort_order, section.id" + GenericPlan.MARK)
                .list(Listed.class);
    }
}
