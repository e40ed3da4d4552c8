package org.aula.courses.review;

import java.util.List;
import java.util.UUID;

/// Which reviews of a course a list shows, and in which order.
///
/// @param rating only of this rating; 0 for all
/// @param after sort key of the last review that was read, see [Order#sortKey]; empty for the first page
/// @param limit reviews at most
record ReviewQuery(UUID courseId, int rating, Order order, List<String> after, ReviewViewer viewer, int limit) {

    /// Orders of a list. The id decides between equals. Each has an index.
    enum Order {
        NEWEST("", true),
        HELPFUL("review.helpful_count", true),
        RATING("review.rating", true),
        RATING_ASCENDING("review.rating", false);

        private final String column;
        private final boolean descending;

        Order(String column, boolean descending) {
            this.column = column;
            this.descending = descending;
        }

        /// The column before the id; empty for none.
        String column() {
            return column;
        }

        boolean isDescending() {
            return descending;
        }

        /// What the list's statement compares a review by.
        List<String> sortKey(Review review) {
            var id = review.id().toString();
            return switch (this) {
                case NEWEST -> List.of(id);
                case HELPFUL -> List.of(Long.toString(review.helpfulCount()), id);
                case RATING, RATING_ASCENDING -> List.of(Integer.toString(review.rating()), id);
            };
        }
    }
}
