package org.aula.courses.course;

import java.util.UUID;
import org.aula.kernel.postgres.CustomPlan;
import org.aula.kernel.postgres.Sql;

/// Conditions of a statement on the rows `course` and `stats`, made of what is asked for.
final class CourseConditions {

    /// The rows that the conditions are about.
    static final String FROM = " FROM courses course LEFT JOIN course_stats stats ON stats.course_id = course.id ";

    /// With so many courses that have the words as they were written, nothing else is looked for.
    private static final int ENOUGH = 10;

    private CourseConditions() {}

    /// What a filter finds for a viewer: one condition, to which others may be added.
    static Sql of(CourseFilter filter, Viewer viewer) {
        var sql = visibility(filter, viewer);
        addKind(sql, filter);
        addPrice(sql, filter);
        addStats(sql, filter);
        addText(sql, filter.text());
        return sql;
    }

    /// The catalog needs no question about the viewer, and so its own indexes serve it.
    private static Sql visibility(CourseFilter filter, Viewer viewer) {
        var status = filter.shownStatus(viewer);
        var sql = Sql.of(status == null ? "" : "course.status = '" + status.name() + "' AND ");
        return status == CourseStatus.PUBLISHED ? sql.add("course.deleted_at IS NULL") : sql.add(viewer.visible());
    }

    private static void addKind(Sql sql, CourseFilter filter) {
        if (filter.categoryId() != null) {
            // An array, which is made once and then looked up: to join the tree would walk it for every course.
            sql.add("""
                     AND course.category_id = ANY(ARRAY(
                        WITH RECURSIVE tree AS (
                            SELECT CAST(? AS uuid) AS id
                            UNION
                            SELECT child.id FROM course_categories child JOIN tree ON child.parent_id = tree.id)
                        SELECT id FROM tree))
                    """, filter.categoryId());
        }
        if (filter.instructorId() != null) {
            sql.add(" AND course.instructor_id = ?", filter.instructorId());
        }
        if (filter.level() != null) {
            sql.add(" AND course.level = ?", filter.level().name());
        }
        if (!filter.languageCode().isEmpty()) {
            sql.add(" AND course.language_code = ?", filter.languageCode());
        }
        if (!filter.tagIds().isEmpty()) {
            sql.add("""
                     AND course.id IN (
                        SELECT tagged.course_id FROM course_tags tagged WHERE tagged.tag_id = ANY(?)
                        GROUP BY tagged.course_id HAVING count(*) = ?)
                    """, filter.tagIds().toArray(UUID[]::new), filter.tagIds().size());
        }
        if (filter.featuredOnly()) {
            sql.add(" AND course.featured");
        }
    }

    private static void addPrice(Sql sql, CourseFilter filter) {
        if (filter.freeOnly()) {
            sql.add(" AND course.price_minor = 0");
        }
        var prices = filter.prices();
        if (prices.isEverything()) {
            return;
        }
        sql.add(" AND course.price_minor >= ?", prices.from());
        if (prices.to() != null) {
            sql.add(" AND course.price_minor <= ?", prices.to());
        }
        sql.add(" AND (course.price_minor = 0 OR course.currency_code = ?)", prices.currencyCode());
    }

    private static void addStats(Sql sql, CourseFilter filter) {
        if (filter.ratingFrom() > 0) {
            sql.add(" AND stats.rating_hundredths >= ?", filter.ratingFrom());
        }
    }

    /// All words of the text, in the title or the descriptions. Where few courses that meet the other
    /// conditions have them, titles with words that are nearly these are found too.
    private static void addText(Sql sql, String text) {
        if (text.isBlank()) {
            return;
        }
        var written = Sql.of("").add(sql).add(" AND ").add(hasWords(text));
        sql.add(" AND (")
                .add(hasWords(text))
                .add(" OR (course.title %>> ? AND coalesce(course.search @@ search_query(?, true), true)", text, text)
                .add(" AND (SELECT count(*) FROM (SELECT 1" + FROM + "WHERE ")
                .add(written)
                .add(" LIMIT ?) AS few) < ?))" + CustomPlan.MARK, ENOUGH, ENOUGH);
    }

    /// The database takes texts and what is searched for apart by the same functions.
    private static Sql hasWords(String text) {
        return Sql.of("course.search @@ search_query(?)", text);
    }
}
