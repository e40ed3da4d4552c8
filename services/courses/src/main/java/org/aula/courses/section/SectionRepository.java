package org.aula.courses.section;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.aula.courses.course.Viewer;
import org.jdbi.v3.core.Handle;

/// Rows of `course_sections`.
@Singleton
public final class SectionRepository {

    /// Sections of one course.
    ///
    /// @param sections the first ones, in order
    /// @param total how many there are in all
    record Listed(UUID courseId, List<Section> sections, int total) {}

    private record Row(Section section, int total) {}

    /// The place behind the last section. Two who ask at once may get the same; then the ids order them.
    int nextPlace(Handle handle, UUID courseId) {
        return handle.createQuery(
                        "SELECT coalesce(max(sort_order) + 1, 0) FROM course_sections WHERE course_id = :courseId")
                .bind("courseId", courseId)
                .mapTo(Integer.class)
                .one();
    }

    /// Inserts sections in one round trip.
    public void insert(Handle handle, List<Section> sections) {
        if (sections.isEmpty()) {
            return;
        }
        var batch = handle.prepareBatch("""
                INSERT INTO course_sections (id, course_id, title, description, sort_order)
                VALUES (:id, :courseId, :title, :description, :sortOrder)
                """);
        sections.forEach(section -> batch.bindMethods(section).add());
        batch.execute();
    }

    /// The sections of many courses, in the courses' order. A course that does not exist for the viewer has
    /// none.
    ///
    /// @param first sections of each course at most
    List<Listed> list(Handle handle, List<UUID> courseIds, int first, Viewer viewer) {
        var rows = handle.createQuery("""
                        SELECT section.* FROM courses course
                        CROSS JOIN LATERAL (
                            SELECT id, course_id, title, description, sort_order, count(*) OVER () AS total
                            FROM course_sections WHERE course_id = course.id
                            ORDER BY sort_order, id LIMIT :first) section
                        WHERE course.id = ANY(:courseIds) AND <visible>
                        ORDER BY section.course_id, section.sort_order, section.id
                        """)
                .define("visible", Viewer.VISIBLE)
                .bindArray("courseIds", UUID.class, courseIds)
                .bind("first", first)
                .bindMethods("viewer", viewer)
                .map((row, context) -> new Row(section(row), row.getInt("total")))
                .list();
        var byCourse =
                rows.stream().collect(Collectors.groupingBy(row -> row.section().courseId()));
        return courseIds.stream()
                .map(courseId -> listed(courseId, byCourse.getOrDefault(courseId, List.of())))
                .toList();
    }

    private static Listed listed(UUID courseId, List<Row> rows) {
        var total = rows.isEmpty() ? 0 : rows.getFirst().total();
        return new Listed(courseId, rows.stream().map(Row::section).toList(), total);
    }

    private static Section section(ResultSet row) throws SQLException {
        return new Section(
                row.getObject("id", UUID.class),
                row.getObject("course_id", UUID.class),
                row.getString("title"),
                row.getString("description"),
                row.getInt("sort_order"));
    }
}
