package org.aula.bff.courses;

import graphql.schema.DataFetchingEnvironment;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.aula.api.courses.v1.CountCoursesRequest;
import org.aula.api.courses.v1.CountCoursesResponse;
import org.aula.api.courses.v1.CourseFilter;
import org.aula.api.courses.v1.FacetCount;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.Wiring;

/// What the filter of a list of courses finds, counted by one call.
final class Facets {

    /// Under which a page of courses keeps its filter. No field of the schema has this name.
    static final String FILTER = "filter";

    private Facets() {}

    static void addTo(Wiring wiring) {
        wiring.field("CourseConnection", "facets", Facets::count);
        wiring.type("CourseFacets", CountCoursesResponse.class)
                .value("total", CountCoursesResponse::getTotal)
                .value("free", CountCoursesResponse::getFree)
                .value("categories", CountCoursesResponse::getCategoriesList)
                .value("tags", CountCoursesResponse::getTagsList)
                .value("levels", CountCoursesResponse::getLevelsList)
                .value("languages", CountCoursesResponse::getLanguagesList)
                .value("ratings", CountCoursesResponse::getRatingsList);
        wiring.type("CategoryFacet", FacetCount.class)
                .fetch(
                        "category",
                        (facet, environment) -> Loader.CATEGORIES
                                .load(environment, Loader.ALL)
                                .thenApply(tree -> tree.find(facet.getValue())))
                .value("count", FacetCount::getCount);
        wiring.type("TagFacet", FacetCount.class)
                .fetch("tag", (facet, environment) -> TagFields.find(facet.getValue(), environment))
                .value("count", FacetCount::getCount);
        wiring.type("LevelFacet", FacetCount.class)
                .value("level", FacetCount::getValue)
                .value("count", FacetCount::getCount);
        wiring.type("LanguageFacet", FacetCount.class)
                .value("languageCode", FacetCount::getValue)
                .value("count", FacetCount::getCount);
        wiring.type("RatingFacet", FacetCount.class)
                .value("ratingFrom", facet -> Integer.valueOf(facet.getValue()))
                .value("count", FacetCount::getCount);
    }

    private static CompletableFuture<CountCoursesResponse> count(DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        var page = Objects.requireNonNull(environment.<Map<String, Object>>getSource());
        var filter = (CourseFilter) Objects.requireNonNull(page.get(FILTER));
        return request.answer(request.courses()
                .countCourses(CountCoursesRequest.newBuilder().setFilter(filter).build()));
    }
}
