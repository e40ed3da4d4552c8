package org.aula.courses.course;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Conditions of a statement on the rows `course` and `stats`, with the values that they name, made of what
/// is asked for.
final class CourseConditions {

    /// The rows that the conditions are about.
    static final String FROM = " FROM courses course LEFT JOIN course_stats stats ON stats.course_id = course.id ";

    /// An array, which is made once and then looked up: to join the tree would walk it for every course.
    private static final String IN_CATEGORY = """
            course.category_id = ANY(ARRAY(
                WITH RECURSIVE tree AS (
                    SELECT CAST(:categoryId AS uuid) AS id
                    UNION
                    SELECT child.id FROM course_categories child JOIN tree ON child.parent_id = tree.id)
                SELECT id FROM tree))
            """;

    private static final String HAS_TAGS = """
            course.id IN (
                SELECT tagged.course_id FROM course_tags tagged WHERE tagged.tag_id = ANY(CAST(:tagIds AS uuid[]))
                GROUP BY tagged.course_id HAVING count(*) = :tagCount)
            """;

    /// Whole words anywhere, or a part of the title while its last word is still being typed.
    private static final String HAS_TEXT =
            "(course.search @@ plainto_tsquery('simple', :text) OR course.title ILIKE :titlePart)";

    /// Words of the title that are nearly these.
    private static final String HAS_ALMOST_TEXT = "course.title %>> :text";

    private final List<String> sql = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();

    /// What a filter finds for a viewer.
    static CourseConditions of(CourseFilter filter, Viewer viewer) {
        var conditions = new CourseConditions();
        conditions.addVisibility(filter, viewer);
        conditions.addKind(filter);
        conditions.addPrice(filter);
        conditions.addStats(filter);
        conditions.addText(filter.text());
        return conditions;
    }

    void add(String condition) {
        sql.add(condition);
    }

    void bind(String name, Object value) {
        values.put(name, value);
    }

    String sql() {
        return String.join(" AND ", sql);
    }

    Map<String, Object> values() {
        return values;
    }

    private void add(String condition, String name, Object value) {
        add(condition);
        bind(name, value);
    }

    /// The catalog needs no question about the viewer, and so its own indexes serve it.
    private void addVisibility(CourseFilter filter, Viewer viewer) {
        var status = filter.shownStatus(viewer);
        if (status != null) {
            add("course.status = '" + status.name() + "'");
        }
        add(status == CourseStatus.PUBLISHED ? "course.deleted_at IS NULL" : Viewer.VISIBLE);
    }

    private void addKind(CourseFilter filter) {
        if (filter.categoryId() != null) {
            add(IN_CATEGORY, "categoryId", filter.categoryId());
        }
        if (filter.instructorId() != null) {
            add("course.instructor_id = :instructorId", "instructorId", filter.instructorId());
        }
        if (filter.level() != null) {
            add("course.level = :level", "level", filter.level().name());
        }
        if (!filter.languageCode().isEmpty()) {
            add("course.language_code = :languageCode", "languageCode", filter.languageCode());
        }
        if (!filter.tagIds().isEmpty()) {
            add(HAS_TAGS, "tagIds", filter.tagIds().toArray(UUID[]::new));
            bind("tagCount", filter.tagIds().size());
        }
        if (filter.featuredOnly()) {
            add("course.featured");
        }
    }

    private void addPrice(CourseFilter filter) {
        if (filter.freeOnly()) {
            add("course.price_minor = 0");
        }
        var prices = filter.prices();
        if (prices.isEverything()) {
            return;
        }
        add("course.price_minor >= :priceFrom", "priceFrom", prices.from());
        if (prices.to() != null) {
            add("course.price_minor <= :priceTo", "priceTo", prices.to());
        }
        add("(course.price_minor = 0 OR course.currency_code = :currencyCode)", "currencyCode", prices.currencyCode());
    }

    private void addStats(CourseFilter filter) {
        if (filter.ratingFrom() > 0) {
            add("stats.rating_hundredths >= :ratingFrom", "ratingFrom", filter.ratingFrom());
        }
    }

    /// What is nearly written so is shown when nothing is written so that also meets the other conditions.
    private void addText(String text) {
        if (text.isEmpty()) {
            return;
        }
        var exact = sql() + " AND " + HAS_TEXT;
        add(
                "(" + HAS_TEXT + " OR (" + HAS_ALMOST_TEXT + " AND NOT EXISTS (SELECT 1" + FROM + "WHERE " + exact
                        + ")))",
                "text",
                text);
        bind("titlePart", "%" + text.replaceAll("([\\\\%_])", "\\\\$1") + "%");
    }
}
