package org.aula.courses.course;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which courses a list shows, and in which order.
///
/// @param after sort key of the last course that was read, see [Order#sortKey]; empty for the first page
/// @param limit courses at most
record CourseQuery(Filter filter, Order order, List<String> after, Viewer viewer, int limit) {

    /// What a course must be; what is null or empty is not asked for.
    ///
    /// @param categoryId this category, or one below it
    /// @param text words of the title or the short description
    record Filter(
            @Nullable UUID categoryId,
            @Nullable UUID instructorId,
            @Nullable CourseLevel level,
            String languageCode,
            boolean freeOnly,
            @Nullable CourseStatus status,
            String text) {}

    /// Orders of a list. The id decides between equals; it rises with the time of creation.
    enum Order {
        NEWEST {
            @Override
            List<String> sortKey(Course course) {
                return List.of(course.id().toString());
            }
        },
        TITLE {
            @Override
            List<String> sortKey(Course course) {
                return List.of(course.details().title(), course.id().toString());
            }
        },
        PRICE {
            @Override
            List<String> sortKey(Course course) {
                return List.of(
                        Long.toString(course.details().price().amountMinor()),
                        course.id().toString());
            }
        };

        /// What the list's statement compares a course by.
        abstract List<String> sortKey(Course course);
    }

    /// In which state courses are shown; null for every state.
    @Nullable
    CourseStatus shownStatus() {
        if (filter.status() != null) {
            return filter.status();
        }
        var ofOneself = viewer.id() != null && viewer.id().equals(filter.instructorId());
        return ofOneself ? null : CourseStatus.PUBLISHED;
    }
}
