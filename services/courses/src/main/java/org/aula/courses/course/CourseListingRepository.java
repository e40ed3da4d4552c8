package org.aula.courses.course;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Lists of courses: one statement a page, made of the conditions that are asked for.
@Singleton
final class CourseListingRepository {

    private static final String IN_CATEGORY = """
            course.category_id IN (
                WITH RECURSIVE tree AS (
                    SELECT CAST(:categoryId AS uuid) AS id
                    UNION ALL
                    SELECT child.id FROM course_categories child JOIN tree ON child.parent_id = tree.id)
                SELECT id FROM tree)
            """;

    /// Whole words anywhere, or a part of the title while its last word is still being typed.
    private static final String HAS_TEXT =
            "(course.search @@ plainto_tsquery('simple', :text) OR course.title ILIKE :titlePart)";

    List<Course> list(Handle handle, CourseQuery query) {
        var conditions = new Conditions();
        addFilter(conditions, query.filter());
        addVisibility(conditions, query);
        addPlace(conditions, query);
        return handle.createQuery(CourseRepository.SELECT + " WHERE <conditions> ORDER BY <order> LIMIT :limit")
                .define("conditions", String.join(" AND ", conditions.sql))
                .define("order", orderBy(query.order()))
                .bindMap(conditions.values)
                .bindMethods("viewer", query.viewer())
                .bind("limit", query.limit())
                .map((row, context) -> CourseRepository.course(row))
                .list();
    }

    private static void addFilter(Conditions conditions, CourseQuery.Filter filter) {
        if (filter.categoryId() != null) {
            conditions.add(IN_CATEGORY, "categoryId", filter.categoryId());
        }
        if (filter.instructorId() != null) {
            conditions.add("course.instructor_id = :instructorId", "instructorId", filter.instructorId());
        }
        if (filter.level() != null) {
            conditions.add("course.level = :level", "level", filter.level().name());
        }
        if (!filter.languageCode().isEmpty()) {
            conditions.add("course.language_code = :languageCode", "languageCode", filter.languageCode());
        }
        if (filter.freeOnly()) {
            conditions.add("course.price_minor = 0");
        }
        if (!filter.text().isEmpty()) {
            conditions.add(HAS_TEXT, "text", filter.text());
            conditions.values.put("titlePart", "%" + filter.text().replaceAll("([\\\\%_])", "\\\\$1") + "%");
        }
    }

    /// The catalogue needs no question about the viewer, and so its own index serves it.
    private static void addVisibility(Conditions conditions, CourseQuery query) {
        var status = query.shownStatus();
        if (status != null) {
            conditions.add("course.status = '" + status.name() + "'");
        }
        conditions.add(status == CourseStatus.PUBLISHED ? "course.deleted_at IS NULL" : Viewer.VISIBLE);
    }

    private static void addPlace(Conditions conditions, CourseQuery query) {
        if (query.after().isEmpty()) {
            return;
        }
        conditions.values.put("afterId", UUID.fromString(query.after().getLast()));
        switch (query.order()) {
            case NEWEST -> conditions.add("course.id < :afterId");
            case TITLE ->
                conditions.add(
                        "(lower(course.title), course.id) > (lower(:afterTitle), :afterId)",
                        "afterTitle",
                        query.after().getFirst());
            case PRICE ->
                conditions.add(
                        "(course.price_minor, course.id) > (:afterPrice, :afterId)",
                        "afterPrice",
                        Long.valueOf(query.after().getFirst()));
        }
    }

    private static String orderBy(CourseQuery.Order order) {
        return switch (order) {
            case NEWEST -> "course.id DESC";
            case TITLE -> "lower(course.title), course.id";
            case PRICE -> "course.price_minor, course.id";
        };
    }

    /// Conditions of a statement with the values that they name.
    private static final class Conditions {
        private final List<String> sql = new ArrayList<>();
        private final Map<String, Object> values = new HashMap<>();

        void add(String condition) {
            sql.add(condition);
        }

        void add(String condition, String name, Object value) {
            sql.add(condition);
            values.put(name, value);
        }
    }
}
