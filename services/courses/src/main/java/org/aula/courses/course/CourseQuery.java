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
    /// The cursor of a course are the values of these columns, which are numbers, as text, and then its id;
    /// that of a title is as [CourseRepository#SORTED] says.
    enum Order {
        NEWEST(true),
        TITLE(false, "course.sort_key"),
        PRICE(false, "course.price_minor"),
        PRICE_DESCENDING(true, "course.price_minor"),
        POPULAR(true, "stats.enrollment_count"),
        RATING(true, "stats.rating_hundredths", "stats.review_count");

        private final boolean descending;
        private final List<String> columns;

        Order(boolean descending, String... columns) {
            this.descending = descending;
            this.columns = List.of(columns);
        }

        boolean isDescending() {
            return descending;
        }

        /// What the order compares.
        List<String> columns() {
            return columns;
        }

        /// The column of the id, in the table whose index serves the order.
        String id() {
            return isOfStats() ? "stats.course_id" : "course.id";
        }

        /// Whether it is an order of what is counted.
        boolean isOfStats() {
            return columns.stream().anyMatch(column -> column.startsWith("stats."));
        }
    }
}
