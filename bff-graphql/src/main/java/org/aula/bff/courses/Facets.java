package org.aula.bff.courses;

import graphql.schema.DataFetchingEnvironment;
import java.util.concurrent.CompletableFuture;
import org.aula.api.courses.v1.CountCoursesRequest;
import org.aula.api.courses.v1.CountCoursesResponse;
import org.aula.api.courses.v1.CourseServiceGrpc;
import org.aula.api.courses.v1.FacetCount;
import org.aula.api.courses.v1.ListCoursesRequest;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.Wiring;

/// What the filter of a list of courses finds, counted by one call.
final class Facets {

    private Facets() {}

    static void addTo(Wiring wiring) {
        wiring.ofConnection("CourseConnection", "facets", ListCoursesRequest.class, Facets::count);
        wiring.type("CourseFacets", CountCoursesResponse.class);
        wiring.type("CategoryFacet", FacetCount.class)
                .fetch(
                        "category",
                        (facet, environment) -> Loader.CATEGORIES
                                .load(environment, Loader.ALL)
                                .thenApply(tree -> tree.find(facet.getValue())));
        wiring.type("TagFacet", FacetCount.class)
                .fetch("tag", (facet, environment) -> TagFields.find(facet.getValue(), environment));
        wiring.type("LevelFacet", FacetCount.class).value("level", FacetCount::getValue);
        wiring.type("LanguageFacet", FacetCount.class).value("languageCode", FacetCount::getValue);
        wiring.type("RatingFacet", FacetCount.class).value("ratingFrom", facet -> Integer.valueOf(facet.getValue()));
    }

    private static CompletableFuture<CountCoursesResponse> count(
            ListCoursesRequest list, DataFetchingEnvironment environment) {
        return Wiring.request(environment)
                .call(
                        CourseServiceGrpc.getCountCoursesMethod(),
                        CountCoursesRequest.newBuilder()
                                .setFilter(list.getFilter())
                                .build());
    }
}
