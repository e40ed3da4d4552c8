package org.aula.courses.course;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aula.kernel.postgres.Sql;

/// Lists of courses, and counts of what they hold: one statement each, made of the conditions that are
/// asked for.
@Singleton
final class CourseListingRepository {

    /// What a filter finds. Its conditions follow, and then [#COUNTS].
    private static final String FOUND = """
            WITH RECURSIVE found AS MATERIALIZED (
                SELECT course.id, course.category_id, course.level, course.language_code, course.price_minor,
                       stats.rating_hundredths
            """;

    /// Counts of what is found. A category counts what is below it; one that is not offered, by itself or by
    /// one above, is left out.
    private static final String COUNTS = """
            ),
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
             FROM climb JOIN offered USING (id) GROUP BY id ORDER BY 3 DESC, 2 LIMIT ?)
            UNION ALL
            (SELECT 'TAG', CAST(tagged.tag_id AS text), count(*)
             FROM found JOIN course_tags tagged ON tagged.course_id = found.id
             GROUP BY tagged.tag_id ORDER BY 3 DESC, 2 LIMIT ?)
            UNION ALL
            SELECT 'LEVEL', level, count(*) FROM found GROUP BY level
            UNION ALL
            (SELECT 'LANGUAGE', language_code, count(*)
             FROM found GROUP BY language_code ORDER BY 3 DESC, 2 LIMIT ?)
            UNION ALL
            SELECT 'RATING', CAST(stars AS text), count(found.id)
            FROM generate_series(1, 4) stars LEFT JOIN found ON found.rating_hundredths >= stars * 100
            GROUP BY stars
            """;

    private static final int MAX_VALUES = 100;

    List<Course> list(CourseQuery query) {
        return Sql.of(CourseRepository.SELECT + "WHERE ")
                .add(CourseConditions.of(query.filter(), query.viewer()))
                .add(behind(query))
                .add(" ORDER BY " + orderBy(query.order()) + " LIMIT ?", query.limit())
                .list(CourseRepository::course);
    }

    CourseCounts count(CourseFilter filter, Viewer viewer) {
        return new CourseCounts(Sql.of(FOUND + CourseConditions.FROM + "WHERE ")
                .add(CourseConditions.of(filter, viewer))
                .add(COUNTS, MAX_VALUES, MAX_VALUES, MAX_VALUES)
                .list(row -> new CourseCounts.Row(
                        CourseCounts.Facet.valueOf(row.getString("facet")),
                        row.getString("value"),
                        row.getLong("courses"))));
    }

    /// Rows are compared as a whole, so that the index that gives the order also finds the place in it.
    private static Sql behind(CourseQuery query) {
        var order = query.order();
        // Never false: it tells the planner that it may begin with the counts.
        var sql = Sql.of(order.isOfStats() ? " AND stats.course_id IS NOT NULL" : "");
        if (query.after().isEmpty()) {
            return sql;
        }
        if (order == CourseQuery.Order.TITLE) {
            return sql.add(" AND ").add(CourseRepository.SORTED.behind("course", query.after()));
        }
        sql.add(" AND (");
        order.columns().forEach(column -> sql.add(column + ", "));
        sql.add(order.id() + (order.isDescending() ? ") < (" : ") > ("));
        for (var index = 0; index < order.columns().size(); index++) {
            sql.add("?, ", Long.valueOf(query.after().get(index)));
        }
        return sql.add("?)", UUID.fromString(query.after().getLast()));
    }

    private static String orderBy(CourseQuery.Order order) {
        var direction = order.isDescending() ? " DESC" : "";
        return Stream.concat(order.columns().stream(), Stream.of(order.id()))
                .map(column -> column + direction)
                .collect(Collectors.joining(", "));
    }
}
