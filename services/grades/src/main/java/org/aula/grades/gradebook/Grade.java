package org.aula.grades.gradebook;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The grade of a learner in a course, with what gave it.
///
/// @param percentage null while nothing counts
/// @param points in all, whatever counts
record Grade(
        UUID userId,
        @Nullable BigDecimal percentage,
        String letter,
        BigDecimal points,
        List<CategoryGrade> categories) {

    /// Whether something counts, and why not. As in the contract, without prefix.
    enum Standing {
        COUNTED,
        DROPPED,
        MISSING,
        MISSING_ZERO,
        UNCATEGORISED;

        boolean counts() {
            return this == COUNTED || this == MISSING_ZERO;
        }
    }

    /// A category's part.
    ///
    /// @param effectiveWeight in percent of the whole grade; 0 when nothing counts in it
    /// @param contribution to the grade, in percent
    record CategoryGrade(
            String categoryId,
            String name,
            BigDecimal weight,
            BigDecimal effectiveWeight,
            BigDecimal percentage,
            BigDecimal contribution,
            List<ItemGrade> items) {}

    /// The grade of one thing.
    ///
    /// @param score null for none
    record ItemGrade(GradedItem item, @Nullable Score score, BigDecimal maxPoints, Standing standing) {

        BigDecimal points() {
            return score == null ? BigDecimal.ZERO : score.points();
        }

        /// Part of the points that was had, for finding the lowest.
        double part() {
            return maxPoints.signum() == 0 ? 1 : points().doubleValue() / maxPoints.doubleValue();
        }

        ItemGrade standing(Standing other) {
            return new ItemGrade(item, score, maxPoints, other);
        }
    }
}
