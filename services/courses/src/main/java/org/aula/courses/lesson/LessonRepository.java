package org.aula.courses.lesson;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.aula.courses.course.Viewer;
import org.aula.kernel.postgres.Columns;
import org.aula.kernel.postgres.GenericPlan;
import org.aula.kernel.postgres.Handles;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/// Rows of `lessons`.
@Singleton
public final class LessonRepository {

    /// Lessons of one section.
    ///
    /// @param lessons the first ones, in order
    /// @param total how many there are in all
    record Listed(UUID sectionId, List<Lesson> lessons, int total) {}

    /// Reads whole lessons out of a row that is called `lesson`. Deleted ones belong to no section.
    private static final String COLUMNS = """
            lesson.*, ARRAY(
                SELECT prerequisite_id FROM lesson_prerequisites WHERE lesson_id = lesson.id ORDER BY prerequisite_id
            ) AS prerequisite_ids
            """;

    private record Row(Lesson lesson, int total) {}

    Optional<Lesson> find(UUID id) {
        return Handles.current().createQuery("SELECT " + COLUMNS + "FROM lessons lesson WHERE id = :id AND deleted_at IS NULL")
                .bind("id", id)
                .map((row, context) -> lesson(row))
                .findOne();
    }

    Optional<Lesson> findVisible(UUID id, Viewer viewer) {
        return Handles.current().createQuery("""
                        SELECT <columns> FROM lessons lesson JOIN courses course ON course.id = lesson.course_id
                        WHERE lesson.id = :id AND lesson.deleted_at IS NULL AND <visible>
                        """)
                .define("columns", COLUMNS)
                .define("visible", Viewer.VISIBLE)
                .bind("id", id)
                .bindMethods("viewer", viewer)
                .map((row, context) -> lesson(row))
                .findOne();
    }

    /// The course that a section is a part of.
    Optional<UUID> findCourseOfSection(UUID sectionId) {
        return Handles.current().createQuery("SELECT course_id FROM course_sections WHERE id = :sectionId")
                .bind("sectionId", sectionId)
                .mapTo(UUID.class)
                .findOne();
    }

    /// The courses that sections are parts of.
    List<UUID> coursesOfSections(List<UUID> sectionIds) {
        return Handles.current().createQuery("SELECT DISTINCT course_id FROM course_sections WHERE id = ANY(:sectionIds)")
                .bindArray("sectionIds", UUID.class, sectionIds)
                .mapTo(UUID.class)
                .list();
    }

    /// The place behind the last lesson.
    int nextPlace(UUID sectionId) {
        return Handles.current().createQuery("SELECT coalesce(max(sort_order) + 1, 0) FROM lessons WHERE section_id = :sectionId")
                .bind("sectionId", sectionId)
                .mapTo(Integer.class)
                .one();
    }

    /// Inserts lessons in one round trip.
    public void insert(List<Lesson> lessons) {
        if (lessons.isEmpty()) {
            return;
        }
        var batch = Handles.current().prepareBatch("""
                INSERT INTO lessons (
                    id, section_id, course_id, title, type, sort_order, duration_seconds, preview, mandatory,
                    external_url, live_at, release_at, created_at, updated_at)
                VALUES (
                    :id, :sectionId, :courseId, :title, :type, :sortOrder, :durationSeconds, :preview, :mandatory,
                    :externalUrl, :liveAt, :releaseAt, :updatedAt, :updatedAt)
                """);
        for (var lesson : lessons) {
            bind(batch, lesson)
                    .bind("sectionId", lesson.sectionId())
                    .bind("courseId", lesson.courseId())
                    .bind("sortOrder", lesson.sortOrder())
                    .add();
        }
        batch.execute();
    }

    /// The lessons of many sections, in the sections' order. A section that does not exist for the viewer
    /// has none.
    ///
    /// @param first lessons of each section at most
    List<Listed> list(List<UUID> sectionIds, int first, Viewer viewer) {
        var rows = Handles.current().createQuery("""
                        SELECT <columns> FROM course_sections section
                        JOIN courses course ON course.id = section.course_id
                        CROSS JOIN LATERAL (
                            SELECT *, count(*) OVER () AS total FROM lessons
                            WHERE section_id = section.id
                            ORDER BY sort_order, id LIMIT :first) lesson
                        WHERE section.id = ANY(:sectionIds) AND <visible>
                        ORDER BY lesson.section_id, lesson.sort_order, lesson.id
                        """ + GenericPlan.MARK)
                .define("columns", COLUMNS)
                .define("visible", Viewer.VISIBLE)
                .bindArray("sectionIds", UUID.class, sectionIds)
                .bind("first", first)
                .bindMethods("viewer", viewer)
                .map((row, context) -> new Row(lesson(row), row.getInt("total")))
                .list();
        var bySection =
                rows.stream().collect(Collectors.groupingBy(row -> row.lesson().sectionId()));
        return sectionIds.stream()
                .map(sectionId -> listed(sectionId, bySection.getOrDefault(sectionId, List.of())))
                .toList();
    }

    /// Ids of a course's lessons.
    public List<UUID> idsOf(UUID courseId) {
        return Handles.current().createQuery("SELECT id FROM lessons WHERE course_id = :courseId AND deleted_at IS NULL")
                .bind("courseId", courseId)
                .mapTo(UUID.class)
                .list();
    }

    /// Ids of a section's lessons.
    public List<UUID> idsOfSection(UUID sectionId) {
        return Handles.current().createQuery("SELECT id FROM lessons WHERE section_id = :sectionId")
                .bind("sectionId", sectionId)
                .mapTo(UUID.class)
                .list();
    }

    /// Ids of a course's sections.
    List<UUID> sectionIdsOf(UUID courseId) {
        return Handles.current().createQuery("SELECT id FROM course_sections WHERE course_id = :courseId")
                .bind("courseId", courseId)
                .mapTo(UUID.class)
                .list();
    }

    /// All lessons of a course, section by section, in order.
    public List<Lesson> ofCourse(UUID courseId) {
        return Handles.current().createQuery("SELECT " + COLUMNS + """
                        FROM lessons lesson JOIN course_sections section ON section.id = lesson.section_id
                        WHERE lesson.course_id = :courseId
                        ORDER BY section.sort_order, section.id, lesson.sort_order, lesson.id
                        """)
                .bind("courseId", courseId)
                .map((row, context) -> lesson(row))
                .list();
    }

    void update(Lesson lesson) {
        bind(Handles.current().createUpdate("""
                                UPDATE lessons
                                SET title = :title, type = :type, duration_seconds = :durationSeconds,
                                    preview = :preview, mandatory = :mandatory, external_url = :externalUrl,
                                    live_at = :liveAt, release_at = :releaseAt, updated_at = :updatedAt,
                                    version = :version
                                WHERE id = :id
                                """), lesson).bind("version", lesson.version()).execute();
    }

    /// Gives all lessons of a course the sections and places that the order says, in one statement.
    void reorder(UUID courseId, List<LessonOutline.Place> places, Instant now) {
        Handles.current().createUpdate("""
                        UPDATE lessons lesson
                        SET section_id = wanted.section_id, sort_order = wanted.place, updated_at = :now,
                            version = lesson.version + 1
                        FROM unnest(CAST(:ids AS uuid[]), CAST(:sectionIds AS uuid[]), CAST(:places AS integer[]))
                            AS wanted (id, section_id, place)
                        WHERE lesson.id = wanted.id AND lesson.course_id = :courseId
                          AND (lesson.section_id, lesson.sort_order) IS DISTINCT FROM (wanted.section_id, wanted.place)
                        """)
                .bindArray(
                        "ids",
                        UUID.class,
                        places.stream().map(LessonOutline.Place::lessonId).toList())
                .bindArray(
                        "sectionIds",
                        UUID.class,
                        places.stream().map(LessonOutline.Place::sectionId).toList())
                .bindArray(
                        "places",
                        Integer.class,
                        places.stream().map(LessonOutline.Place::place).toList())
                .bind("courseId", courseId)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .execute();
    }

    /// Deletes lessons. Their rows stay, out of every section, for the progress that refers to them; their
    /// documents are deleted soon after the commit, see [RemovedContentJob].
    public void remove(List<UUID> ids) {
        Handles.current().createUpdate("""
                        DELETE FROM lesson_prerequisites WHERE lesson_id = ANY(:ids) OR prerequisite_id = ANY(:ids)
                        """).bindArray("ids", UUID.class, ids).execute();
        Handles.current().createUpdate("""
                        UPDATE lessons SET deleted_at = now(), section_id = NULL, version = version + 1
                        WHERE id = ANY(:ids)
                        """).bindArray("ids", UUID.class, ids).execute();
        removeContents(ids);
    }

    /// Has the documents of lessons deleted soon after the commit.
    public void removeContents(List<UUID> ids) {
        Handles.current().createUpdate("""
                        INSERT INTO lesson_content_removals (lesson_id)
                        SELECT id FROM unnest(CAST(:ids AS uuid[])) AS removed (id)
                        ON CONFLICT DO NOTHING
                        """).bindArray("ids", UUID.class, ids).execute();
    }

    /// Lessons whose documents are to be deleted, asked for before that moment.
    List<UUID> removedContents(Instant before, int limit) {
        return Handles.current().createQuery("""
                        SELECT lesson_id FROM lesson_content_removals WHERE requested_at < :before
                        ORDER BY requested_at LIMIT :limit
                        """)
                .bind("before", before.atOffset(ZoneOffset.UTC))
                .bind("limit", limit)
                .mapTo(UUID.class)
                .list();
    }

    void forgetRemovals(List<UUID> ids) {
        Handles.current().createUpdate("DELETE FROM lesson_content_removals WHERE lesson_id = ANY(:ids)")
                .bindArray("ids", UUID.class, ids)
                .execute();
    }

    /// Whether one of these lessons is the target, or needs it by any way.
    boolean leadsTo(List<UUID> from, UUID target) {
        return Handles.current().createQuery("""
                        WITH RECURSIVE needed AS (
                            SELECT id FROM unnest(CAST(:from AS uuid[])) AS wanted (id)
                            UNION
                            SELECT link.prerequisite_id
                            FROM lesson_prerequisites link JOIN needed ON link.lesson_id = needed.id)
                        SELECT EXISTS (SELECT 1 FROM needed WHERE id = :target)
                        """)
                .bindArray("from", UUID.class, from)
                .bind("target", target)
                .mapTo(Boolean.class)
                .one();
    }

    /// Gives a lesson these prerequisites and no others.
    void setPrerequisites(UUID id, List<UUID> prerequisiteIds) {
        Handles.current().createUpdate("DELETE FROM lesson_prerequisites WHERE lesson_id = :id")
                .bind("id", id)
                .execute();
        addPrerequisites(
                prerequisiteIds.stream()
                        .map(prerequisite -> Map.entry(id, prerequisite))
                        .toList());
    }

    /// Adds many at once, each a lesson and what comes before it. The caller knows that they make no circle.
    public void addPrerequisites(List<Map.Entry<UUID, UUID>> pairs) {
        Handles.current().createUpdate("""
                        INSERT INTO lesson_prerequisites (lesson_id, prerequisite_id)
                        SELECT * FROM unnest(CAST(:ids AS uuid[]), CAST(:prerequisiteIds AS uuid[]))
                        """)
                .bindArray(
                        "ids", UUID.class, pairs.stream().map(Map.Entry::getKey).toList())
                .bindArray(
                        "prerequisiteIds",
                        UUID.class,
                        pairs.stream().map(Map.Entry::getValue).toList())
                .execute();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Lesson lesson) {
        return statement
                .bind("id", lesson.id())
                .bind("title", lesson.title())
                .bind("type", lesson.type().name())
                .bind("durationSeconds", lesson.duration().toSeconds())
                .bind("preview", lesson.preview())
                .bind("mandatory", lesson.mandatory())
                .bind("externalUrl", lesson.externalUrl())
                .bind("liveAt", time(lesson.liveAt()))
                .bind("releaseAt", time(lesson.releaseAt()))
                .bind("updatedAt", time(lesson.updatedAt()));
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static Listed listed(UUID sectionId, List<Row> rows) {
        var total = rows.isEmpty() ? 0 : rows.getFirst().total();
        return new Listed(sectionId, rows.stream().map(Row::lesson).toList(), total);
    }

    private static Lesson lesson(ResultSet row) throws SQLException {
        return new Lesson(
                row.getObject("id", UUID.class),
                row.getObject("section_id", UUID.class),
                row.getObject("course_id", UUID.class),
                row.getString("title"),
                LessonType.valueOf(row.getString("type")),
                row.getInt("sort_order"),
                Duration.ofSeconds(row.getInt("duration_seconds")),
                row.getBoolean("preview"),
                row.getBoolean("mandatory"),
                row.getString("external_url"),
                Columns.instantOrNull(row, "live_at"),
                Columns.instantOrNull(row, "release_at"),
                List.of((UUID[]) row.getArray("prerequisite_ids").getArray()),
                Columns.instant(row, "updated_at"),
                row.getLong("version"));
    }
}
