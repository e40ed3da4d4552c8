package org.aula.courses.course;

import java.util.List;

/// Which courses a list shows, and in which order.
///
/// @param after sort key of the last course that was read; empty for the first page
/// @param limit courses at most
record CourseQuery(CourseFilter filter, Order order, List<String> after, Viewer viewer, int limit) {

    /// Orders of a list. The id decides between equals; it rises with the time of creation. Each is served
    /// by an index of its own, read forwards or backwards.
    ///
    /// The sort key of a course are the values of these columns, as text, and then its id.
    enum Order {
        NEWEST(true),
        TITLE(false, new Column("lower(course.title)", "lower(?)", false)),
        PRICE(false, new Column("course.price_minor")),
        PRICE_DESCENDING(true, new Column("course.price_minor")),
        POPULAR(true, new Column("stats.enrollment_count")),
        RATING(true, new Column("stats.rating_hundredths"), new Column("stats.review_count"));

        private final boolean descending;
        private final List<Column> columns;

        Order(boolean descending, Column... columns) {
            this.descending = descending;
            this.columns = List.of(columns);
        }

        boolean isDescending() {
            return descending;
        }

        List<Column> columns() {
            return columns;
        }

        /// The column of the id, in the table whose index serves the order.
        String id() {
            return isOfStats() ? "stats.course_id" : "course.id";
        }

        /// Whether it is an order of what is counted.
        boolean isOfStats() {
            return columns.stream().anyMatch(column -> column.sql().startsWith("stats."));
        }
    }

    /// What an order compares.
    ///
    /// @param sql the expression
    /// @param bound the same of the value behind which a page begins
    /// @param isNumber whether that value is a number, else it is text
    record Column(String sql, String bound, boolean isNumber) {

        /// A number.
        Column(String sql) {
            this(sql, "?", true);
        }

        /// The value behind which a page begins, as the statement takes it.
        Object value(String text) {
            return isNumber ? Long.valueOf(text) : text;
        }
    }
}
