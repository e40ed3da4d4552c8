package org.aula.courses.lesson;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.aula.courses.course.Viewer;
import org.aula.kernel.postgres.Columns;
import org.jdbi.v3.core.Handle;

/// Rows of `lessons`.
@Singleton
public final class LessonRepository {

    /// Lessons of one section.
    ///
    /// @param lessons the first ones, in order
    /// @param total how many there are in all
    record Listed(UUID sectionId, List<Lesson> lessons, int total) {}

    private record Row(Lesson lesson, int total) {}

    Optional<Lesson> find(Handle handle, UUID id) {
        return handle.createQuery("SELECT * FROM lessons WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> lesson(row))
                .findOne();
    }

    Optional<Lesson> findVisible(Handle handle, UUID id, Viewer viewer) {
        return handle.createQuery("""
                        SELECT lesson.* FROM lessons lesson JOIN courses course ON course.id = lesson.course_id
                        WHERE lesson.id = :id AND <visible>
                        """)
                .define("visible", Viewer.VISIBLE)
                .bind("id", id)
                .bindMethods("viewer", viewer)
                .map((row, context) -> lesson(row))
                .findOne();
    }

    /// The course that a section is a part of.
    Optional<UUID> findCourseOfSection(Handle handle, UUID sectionId) {
        return handle.createQuery("SELECT course_id FROM course_sections WHERE id = :sectionId")
                .bind("sectionId", sectionId)
                .mapTo(UUID.class)
                .findOne();
    }

    /// The place behind the last lesson. Two who ask at once may get the same; then the ids order them.
    int nextPlace(Handle handle, UUID sectionId) {
        return handle.createQuery("SELECT coalesce(max(sort_order) + 1, 0) FROM lessons WHERE section_id = :sectionId")
                .bind("sectionId", sectionId)
                .mapTo(Integer.class)
                .one();
    }

    /// Inserts lessons in one round trip.
    public void insert(Handle handle, List<Lesson> lessons) {
        if (lessons.isEmpty()) {
            return;
        }
        var batch = handle.prepareBatch("""
                INSERT INTO lessons (
                    id, section_id, course_id, title, type, sort_order, duration_seconds, preview, mandatory,
                    created_at, updated_at)
                VALUES (
                    :id, :sectionId, :courseId, :title, :type, :sortOrder, :durationSeconds, :preview, :mandatory,
                    :updatedAt, :updatedAt)
                """);
        for (var lesson : lessons) {
            batch.bind("id", lesson.id())
                    .bind("sectionId", lesson.sectionId())
                    .bind("courseId", lesson.courseId())
                    .bind("title", lesson.title())
                    .bind("type", lesson.type().name())
                    .bind("sortOrder", lesson.sortOrder())
                    .bind("durationSeconds", lesson.duration().toSeconds())
                    .bind("preview", lesson.preview())
                    .bind("mandatory", lesson.mandatory())
                    .bind("updatedAt", lesson.updatedAt().atOffset(ZoneOffset.UTC))
                    .add();
        }
        batch.execute();
    }

    /// The lessons of many sections, in the sections' order. A section that does not exist for the viewer
    /// has none.
    ///
    /// @param first lessons of each section at most
    List<Listed> list(Handle handle, List<UUID> sectionIds, int first, Viewer viewer) {
        var rows = handle.createQuery("""
                        SELECT lesson.* FROM course_sections section
                        JOIN courses course ON course.id = section.course_id
                        CROSS JOIN LATERAL (
                            SELECT *, count(*) OVER () AS total FROM lessons
                            WHERE section_id = section.id
                            ORDER BY sort_order, id LIMIT :first) lesson
                        WHERE section.id = ANY(:sectionIds) AND <visible>
                        ORDER BY lesson.section_id, lesson.sort_order, lesson.id
                        """)
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
    public List<UUID> idsOf(Handle handle, UUID courseId) {
        return handle.createQuery("SELECT id FROM lessons WHERE course_id = :courseId")
                .bind("courseId", courseId)
                .mapTo(UUID.class)
                .list();
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
                Columns.instant(row, "updated_at"));
    }
}
