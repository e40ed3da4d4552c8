package org.aula.courses.section;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.aula.courses.course.Viewer;
import org.aula.kernel.postgres.GenericPlan;
import org.aula.kernel.postgres.Handles;

/// Rows of `course_sections`.
@Singleton
public final class SectionRepository {

    /// Sections of one course.
    ///
    /// @param sections the first ones, in order
    /// @param total how many there are in all
    record Listed(UUID courseId, List<Section> sections, int total) {}

    private static final String COLUMNS = "id, course_id, title, description, sort_order, version ";

    private record Row(Section section, int total) {}

    public Optional<Section> find(UUID id) {
        return Handles.current().createQuery("SELECT " + COLUMNS + "FROM course_sections WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> section(row))
                .findOne();
    }

    /// All sections of a course, in order.
    public List<Section> ofCourse(UUID courseId) {
        return Handles.current().createQuery("SELECT " + COLUMNS + """
                        FROM course_sections WHERE course_id = :courseId ORDER BY sort_order, id
                        """)
                .bind("courseId", courseId)
                .map((row, context) -> section(row))
                .list();
    }

    void update(Section section) {
        Handles.current().createUpdate("""
                        UPDATE course_sections
                        SET title = :title, description = :description, version = :version, updated_at = now()
                        WHERE id = :id
                        """).bindMethods(section).execute();
    }

    /// Deletes a section that has no lessons any more.
    void delete(UUID id) {
        Handles.current().createUpdate("DELETE FROM course_sections WHERE id = :id")
                .bind("id", id)
                .execute();
    }

    /// Gives the sections of a course the places that they have in the list, in one statement.
    void reorder(UUID courseId, List<UUID> ids) {
        Handles.current().createUpdate("""
                        UPDATE course_sections section
                        SET sort_order = wanted.place - 1, version = section.version + 1, updated_at = now()
                        FROM unnest(CAST(:ids AS uuid[])) WITH ORDINALITY AS wanted (id, place)
                        WHERE section.id = wanted.id AND section.course_id = :courseId
                          AND section.sort_order <> wanted.place - 1
                        """)
                .bindArray("ids", UUID.class, ids)
                .bind("courseId", courseId)
                .execute();
    }

    /// How many sections a course has.
    int count(UUID courseId) {
        return Handles.current().createQuery("SELECT count(*) FROM course_sections WHERE course_id = :courseId")
                .bind("courseId", courseId)
                .mapTo(Integer.class)
                .one();
    }

    /// The place behind the last section.
    int nextPlace(UUID courseId) {
        return Handles.current().createQuery(
                        "SELECT coalesce(max(sort_order) + 1, 0) FROM course_sections WHERE course_id = :courseId")
                .bind("courseId", courseId)
                .mapTo(Integer.class)
                .one();
    }

    /// Inserts sections in one round trip.
    public void insert(List<Section> sections) {
        if (sections.isEmpty()) {
            return;
        }
        var batch = Handles.current().prepareBatch("""
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
    List<Listed> list(List<UUID> courseIds, int first, Viewer viewer) {
        var rows = Handles.current().createQuery("""
                        SELECT section.* FROM courses course
                        CROSS JOIN LATERAL (
                            SELECT <columns>, count(*) OVER () AS total
                            FROM course_sections WHERE course_id = course.id
                            ORDER BY sort_order, id LIMIT :first) section
                        WHERE course.id = ANY(:courseIds) AND <visible>
                        ORDER BY section.course_id, section.sort_order, section.id
                        """ + GenericPlan.MARK)
                .define("columns", COLUMNS)
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
                row.getInt("sort_order"),
                row.getLong("version"));
    }
}
