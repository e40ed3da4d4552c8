package org.aula.bff.courses;

import org.aula.api.courses.v1.CourseFilter;
import org.aula.api.courses.v1.CourseLevel;
import org.aula.api.courses.v1.CourseStatus;
import org.aula.bff.engine.Filter;

/// Which courses a list shows, as the contract says it.
final class CourseFilters {

    private CourseFilters() {}

    /// @throws org.aula.bff.engine.RefusedException INVALID_ARGUMENT, ID_INVALID
    static CourseFilter of(Filter given) {
        var filter = CourseFilter.newBuilder()
                .setCategoryId(given.id("categoryId", "Category"))
                .setInstructorId(given.person("instructorId"))
                .setLevel(given.choice("level", CourseLevel.class))
                .setLanguageCode(given.text("languageCode"))
                .setFreeOnly(given.flag("freeOnly"))
                .setStatus(given.choice("status", CourseStatus.class))
                .setText(given.text("text"))
                .addAllTagIds(given.ids("tagIds", "Tag"))
                .setPriceCurrencyCode(given.text("priceCurrencyCode"))
                .setFeaturedOnly(given.flag("featuredOnly"));
        var from = given.number("priceFromMinor");
        if (from != null) {
            filter.setPriceFromMinor(from.longValue());
        }
        // Nothing and 0 are different bounds.
        var to = given.number("priceToMinor");
        if (to != null) {
            filter.setPriceToMinor(to.longValue());
        }
        var rating = given.number("ratingFrom");
        if (rating != null) {
            filter.setRatingFrom(rating.doubleValue());
        }
        return filter.build();
    }
}
