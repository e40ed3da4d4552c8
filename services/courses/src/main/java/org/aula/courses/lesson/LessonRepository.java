package org.aula.courses.lesson;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.aula.courses.course.Viewer;
import org.aula.kernel.postgres.GenericPlan;
import org.aula.kernel.postgres.Sql;
import org.aula.kernel.postgres.UuidArray;

/// Rows of `lessons`.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface LessonRepository extends GenericRepository<Lesson, UUID> {

    String COLUMNS = """
            id, section_id, course_id, title, type, sort_order, duration_seconds, preview, mandatory, external_url,
            live_at, release_at, updated_at, version
            """;

    /// Reads whole lessons out of a row that is called `lesson`. Deleted ones belong to no section.
    String SELECT = """
            SELECT lesson.id, lesson.section_id, lesson.course_id, lesson.title, lesson.type, lesson.sort_order,
                   lesson.duration_seconds, lesson.preview, lesson.mandatory, lesson.external_url, lesson.live_at,
                   lesson.release_at, lesson.updated_at, lesson.version, ARRAY(
                SELECT prerequisite_id FROM lesson_prerequisites WHERE lesson_id = lesson.id ORDER BY prerequisite_id
            ) AS prerequisite_ids
            """;

    /// A lesson, and how many its section has.
    @Introspected
    record Listed(Lesson lesson, int total) {}

    @Query(SELECT + "FROM lessons lesson WHERE lesson.id = :id AND lesson.deleted_at IS NULL")
    Optional<Lesson> find(UUID id);

    /// A lesson of a course that exists for the viewer.
    default Optional<Lesson> findVisible(UUID id, Viewer viewer) {
        return Sql.of(SELECT + """
                        FROM lessons lesson JOIN courses course ON course.id = lesson.course_id
                        WHERE lesson.id = ? AND lesson.deleted_at IS NULL AND
                        """, id).add(viewer.visible()).find(Lesson.class);
    }

    /// The course that a section is a part of.
    @Query("SELECT course_id FROM course_sections WHERE id = :sectionId")
    Optional<UUID> findCourseOfSection(UUID sectionId);

    /// The courses that sections are parts of.
    @Query("SELECT DISTINCT course_id FROM course_sections WHERE id = ANY(:sectionIds)")
    List<UUID> coursesOfSections(@UuidArray List<UUID> sectionIds);

    /// The place behind the last lesson.
    @Query("SELECT coalesce(max(sort_order) + 1, 0) FROM lessons WHERE section_id = :sectionId")
    int nextSortOrder(UUID sectionId);

    /// Inserts new lessons in one round trip.
    @Query("""
            INSERT INTO lessons (
                id, section_id, course_id, title, type, sort_order, duration_seconds, preview, mandatory, external_url,
                live_at, release_at, created_at, updated_at)
            VALUES (
                :id, :sectionId, :courseId, :title, :type, :sortOrder, :durationSeconds, :preview, :mandatory,
                :externalUrl, :liveAt, :releaseAt, :updatedAt, :updatedAt)
            """)
    void insert(List<Lesson> lessons);

    /// The lessons of many sections, those of one section in order. A section that does not exist for the
    /// viewer has none.
    ///
    /// @param first lessons of each section at most
    default List<Listed> list(List<UUID> sectionIds, int first, Viewer viewer) {
        return Sql.of(SELECT + """
                        , lesson.total
                        FROM course_sections section
                        JOIN courses course ON course.id = section.course_id
                        CROSS JOIN LATERAL (
                            SELECT\s""" + COLUMNS + """
                            , count(*) OVER () AS total FROM lessons
                            WHERE section_id = section.id
                            ORDER BY sort_order, id LIMIT ?) lesson
                        WHERE section.id = ANY(?) AND
                        """, first, sectionIds.toArray(UUID[]::new))
                .add(viewer.visible())
                .add("ORDER BY lesson.section_id, lesson.sort_order, lesson.id" + GenericPlan.MARK)
                .list(Listed.class);
    }

    /// Ids of a course's lessons.
    @Query("SELECT id FROM lessons WHERE course_id = :courseId AND deleted_at IS NULL")
    List<UUID> idsOf(UUID courseId);

    /// Ids of a section's lessons.
    @Query("SELECT id FROM lessons WHERE section_id = :sectionId")
    List<UUID> idsOfSection(UUID sectionId);

    /// Ids of a course's sections.
    @Query("SELECT id FROM course_sections WHERE course_id = :courseId")
    List<UUID> sectionIdsOf(UUID courseId);

    /// All lessons of a course, section by section, in order.
    @Query(SELECT + """
            FROM lessons lesson JOIN course_sections section ON section.id = lesson.section_id
            WHERE lesson.course_id = :courseId
            ORDER BY section.sort_order, section.id, lesson.sort_order, lesson.id
            """)
    List<Lesson> ofCourse(UUID courseId);

    @Query("""
            UPDATE lessons
            SET title = :title, type = :type, duration_seconds = :durationSeconds, preview = :preview,
                mandatory = :mandatory, external_url = :externalUrl, live_at = :liveAt, release_at = :releaseAt,
                updated_at = :updatedAt, version = :version
            WHERE id = :id
            """)
    void update(Lesson lesson);

    /// Gives all lessons of a course the sections and places that the order says.
    default void reorder(UUID courseId, List<LessonService.Position> positions, Instant now) {
        Sql.of(
                        """
                        UPDATE lessons lesson
                        SET section_id = wanted.section_id, sort_order = wanted.ordinal, updated_at = ?,
                            version = lesson.version + 1
                        FROM unnest(CAST(? AS uuid[]), CAST(? AS uuid[]), CAST(? AS integer[]))
                            AS wanted (id, section_id, ordinal)
                        WHERE lesson.id = wanted.id AND lesson.course_id = ?
                          AND (lesson.section_id, lesson.sort_order) IS DISTINCT FROM (wanted.section_id, wanted.ordinal)
                        """,
                        now,
                        positions.stream().map(LessonService.Position::lessonId).toArray(UUID[]::new),
                        positions.stream()
                                .map(LessonService.Position::sectionId)
                                .toArray(UUID[]::new),
                        positions.stream()
                                .map(LessonService.Position::sortOrder)
                                .toArray(Integer[]::new),
                        courseId)
                .update();
    }

    /// Deletes lessons. Their rows stay, out of every section, for the progress that refers to them; their
    /// documents are deleted soon after the commit, see [RemovedContentJob].
    default void remove(List<UUID> ids) {
        deletePrerequisitesWith(ids);
        markDeleted(ids);
        removeContents(ids);
    }

    @Query("DELETE FROM lesson_prerequisites WHERE lesson_id = ANY(:ids) OR prerequisite_id = ANY(:ids)")
    void deletePrerequisitesWith(@UuidArray List<UUID> ids);

    @Query("UPDATE lessons SET deleted_at = now(), section_id = NULL, version = version + 1 WHERE id = ANY(:ids)")
    void markDeleted(@UuidArray List<UUID> ids);

    /// Has the documents of lessons deleted soon after the commit.
    @Query("""
            INSERT INTO lesson_content_removals (lesson_id)
            SELECT id FROM unnest(CAST(:ids AS uuid[])) AS removed (id)
            ON CONFLICT DO NOTHING
            """)
    void removeContents(@UuidArray List<UUID> ids);

    /// Lessons whose documents are to be deleted, asked for before that moment.
    @Query("""
            SELECT lesson_id FROM lesson_content_removals WHERE requested_at < :before
            ORDER BY requested_at LIMIT :limit
            """)
    List<UUID> removedContents(Instant before, int limit);

    @Query("DELETE FROM lesson_content_removals WHERE lesson_id = ANY(:ids)")
    void forgetRemovals(@UuidArray List<UUID> ids);

    /// Whether one of these lessons is the target, or needs it by any way.
    @Query("""
            WITH RECURSIVE needed AS (
                SELECT id FROM unnest(CAST(:from AS uuid[])) AS wanted (id)
                UNION
                SELECT link.prerequisite_id
                FROM lesson_prerequisites link JOIN needed ON link.lesson_id = needed.id)
            SELECT EXISTS (SELECT 1 FROM needed WHERE id = :target)
            """)
    boolean leadsTo(@UuidArray List<UUID> from, UUID target);

    /// Takes all prerequisites from a lesson.
    @Query("DELETE FROM lesson_prerequisites WHERE lesson_id = :id")
    void deletePrerequisites(UUID id);

    /// Adds many at once, each a lesson and what comes before it. The caller knows that they make no circle.
    default void addPrerequisites(List<Map.Entry<UUID, UUID>> pairs) {
        addPrerequisites(
                pairs.stream().map(Map.Entry::getKey).toList(),
                pairs.stream().map(Map.Entry::getValue).toList());
    }

    /// Adds what comes before lessons; both lists go together.
    @Query("""
            INSERT INTO lesson_prerequisites (lesson_id, prerequisite_id)
            SELECT wanted.id, wanted.prerequisite_id
            FROM unnest(CAST(:ids AS uuid[]), CAST(:prerequisiteIds AS uuid[])) AS wanted (id, prerequisite_id)
            """)
    void addPrerequisites(@UuidArray List<UUID> ids, @UuidArray List<UUID> prerequisiteIds);
}
