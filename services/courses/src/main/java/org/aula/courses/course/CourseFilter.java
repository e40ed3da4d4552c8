package org.aula.courses.course;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a course must be; what is null, empty or 0 is not asked for.
///
/// @param categoryId this category, or one below it
/// @param status null for published, or for every state of one's own courses
/// @param text words of the title or the descriptions, or nearly those of the title
/// @param tagIds all of these
/// @param ratingFrom in hundredths
record CourseFilter(
        @Nullable UUID categoryId,
        @Nullable UUID instructorId,
        @Nullable CourseLevel level,
        String languageCode,
        boolean freeOnly,
        @Nullable CourseStatus status,
        String text,
        List<UUID> tagIds,
        PriceRange prices,
        int ratingFrom,
        boolean featuredOnly) {

    CourseFilter {
        tagIds = List.copyOf(tagIds);
    }

    /// Prices in one currency. What is free costs 0 in every currency.
    ///
    /// @param from in minor units
    /// @param to in minor units; null for no bound
    record PriceRange(long from, @Nullable Long to, String currencyCode) {

        boolean isEverything() {
            return from == 0 && to == null;
        }
    }

    /// Whether many may ask for the same, so that its answer is worth keeping. A text, prices and several
    /// tags make questions without end.
    boolean isAskedByMany() {
        return text.isEmpty() && prices.isEverything() && tagIds.size() <= 1;
    }

    /// In which state courses are shown; null for every state.
    @Nullable
    CourseStatus shownStatus(Viewer viewer) {
        if (status != null) {
            return status;
        }
        var ofOneself = viewer.id() != null && viewer.id().equals(instructorId);
        return ofOneself ? null : CourseStatus.PUBLISHED;
    }
}
