package org.aula.courses.course;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// Lists of courses, and counts of what they hold: one statement each, made of the conditions that are
/// asked for.
@Singleton
final class CourseListingRepository {

    /// Counts of what a filter finds. A category counts what is below it; one that is not offered, by
    /// itself or by one above, is left out.
    private static final String COUNT = """
            WITH RECURSIVE found AS MATERIALIZED (
                SELECT course.id, course.category_id, course.level, course.language_code, course.price_minor,
                       stats.rating_hundredths
                <from> WHERE <conditions>),
            offered AS (
                SELECT id FROM course_categories WHERE parent_id IS NULL AND active
                UNION
                SELECT child.id FROM course_categories child JOIN offered ON child.parent_id = offered.id
                WHERE child.active),
            climb AS (
                SELECT category.id, category.parent_id, direct.courses
                FROM (SELECT category_id, count(*) AS courses FROM found GROUP BY category_id) direct
                JOIN course_categories category ON category.id = direct.category_id
                UNION ALL
                SELECT category.id, category.parent_id, climb.courses
                FROM climb JOIN course_categories category ON category.id = climb.parent_id)
            SELECT 'TOTAL' AS facet, '' AS value, count(*) AS courses FROM found
            UNION ALL
            SELECT 'FREE', '', count(*) FROM found WHERE price_minor = 0
            UNION ALL
            (SELECT 'CATEGORY', CAST(id AS text), CAST(sum(climb.courses) AS bigint)
             FROM climb JOIN offered USING (id) GROUP BY id ORDER BY 3 DESC, 2 LIMIT :most)
            UNION ALL
            (SELECT 'TAG', CAST(tagged.tag_id AS text), count(*)
             FROM found JOIN course_tags tagged ON tagged.course_id = found.id
             GROUP BY tagged.tag_id ORDER BY 3 DESC, 2 LIMIT :most)
            UNION ALL
            SELECT 'LEVEL', level, count(*) FROM found GROUP BY level
            UNION ALL
            (SELECT 'LANGUAGE', language_code, count(*)
             FROM found GROUP BY language_code ORDER BY 3 DESC, 2 LIMIT :most)
            UNION ALL
            SELECT 'RATING', CAST(stars AS text), count(found.id)
            FROM generate_series(1, 4) stars LEFT JOIN found ON found.rating_hundredths >= stars * 100
            GROUP BY stars
            """;

    private static final int MAX_VALUES = 100;

    List<Course> list(Handle handle, CourseQuery query) {
        var conditions = CourseConditions.of(query.filter(), query.viewer());
        addPlace(conditions, query);
        return handle.createQuery(CourseRepository.SELECT + " WHERE <conditions> ORDER BY <order> LIMIT :limit")
                .define("conditions", conditions.sql())
                .define("order", orderBy(query.order()))
                .bindMap(conditions.values())
                .bindMethods("viewer", query.viewer())
                .bind("limit", query.limit())
                .map((row, context) -> CourseRepository.course(row))
                .list();
    }

    CourseCounts count(Handle handle, CourseFilter filter, Viewer viewer) {
        var conditions = CourseConditions.of(filter, viewer);
        var rows = handle.createQuery(COUNT)
                .define("from", CourseConditions.FROM)
                .define("conditions", conditions.sql())
                .bindMap(conditions.values())
                .bindMethods("viewer", viewer)
                .bind("most", MAX_VALUES)
                .map((row, context) -> new CourseCounts.Row(
                        CourseCounts.Facet.valueOf(row.getString("facet")),
                        row.getString("value"),
                        row.getLong("courses")))
                .list();
        return new CourseCounts(rows);
    }

    /// Rows are compared as a whole, so that the index that gives the order also finds the place in it.
    private static void addPlace(CourseConditions conditions, CourseQuery query) {
        var order = query.order();
        if (order.isOfStats()) {
            // Never false: it tells the planner that it may begin with the counts.
            conditions.add("stats.course_id IS NOT NULL");
        }
        if (query.after().isEmpty()) {
            return;
        }
        var columns = order.columns();
        IntStream.range(0, columns.size()).forEach(place -> {
            var value = query.after().get(place);
            conditions.bind("after" + place, columns.get(place).isNumber() ? Long.valueOf(value) : value);
        });
        conditions.bind("afterId", UUID.fromString(query.after().getLast()));
        var bounds = IntStream.range(0, columns.size())
                .mapToObj(place -> columns.get(place).isNumber()
                        ? ":after" + place
                        : columns.get(place).bound());
        conditions.add("(%s) %s (%s)"
                .formatted(
                        Stream.concat(columns.stream().map(CourseQuery.Column::sql), Stream.of(order.id()))
                                .collect(Collectors.joining(", ")),
                        order.isDescending() ? "<" : ">",
                        Stream.concat(bounds, Stream.of(":afterId")).collect(Collectors.joining(", "))));
    }

    private static String orderBy(CourseQuery.Order order) {
        var direction = order.isDescending() ? " DESC" : "";
        return Stream.concat(order.columns().stream().map(CourseQuery.Column::sql), Stream.of(order.id()))
                .map(column -> column + direction)
                .collect(Collectors.joining(", "));
    }
}
