package org.aula.bff.courses;

import graphql.schema.DataFetchingEnvironment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.aula.api.courses.v1.CourseFilter;
import org.aula.api.courses.v1.CourseOrder;
import org.aula.api.courses.v1.GetCourseRequest;
import org.aula.api.courses.v1.GetCourseResponse;
import org.aula.api.courses.v1.ListCoursesRequest;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.Connections;
import org.aula.bff.engine.Filter;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.RefusedException;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;

/// Finding courses.
public final class CourseQueries {

    private CourseQueries() {}

    static void addTo(Wiring wiring) {
        wiring.query("course", CourseQueries::course);
        wiring.query("courses", CourseQueries::courses);
    }

    private static CompletableFuture<?> course(DataFetchingEnvironment environment) {
        var id = Wiring.<String>argument(environment, "id");
        var slug = Wiring.<String>argument(environment, "slug");
        if (id != null && slug == null) {
            return Loader.COURSES.load(environment, GlobalId.require(id, "Course"));
        }
        if (slug == null || id != null) {
            throw RefusedException.invalid("VALIDATION_FAILED", "give exactly one of id and slug");
        }
        var request = Wiring.request(environment);
        return Wiring.orNull(request.answer(request.courses()
                        .getCourse(GetCourseRequest.newBuilder().setSlug(slug).build()))
                .thenApply(GetCourseResponse::getCourse));
    }

    private static CompletableFuture<Map<String, Object>> courses(DataFetchingEnvironment environment) {
        var order = Values.constant(CourseOrder.class, Wiring.<String>required(environment, "orderBy"));
        return page(CourseFilters.of(Filter.of(environment)), order, environment);
    }

    /// A page of courses. The filter stays with it, so that its facets can be counted.
    public static CompletableFuture<Map<String, Object>> page(
            CourseFilter filter, CourseOrder order, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        var after = Wiring.<String>argument(environment, "after");
        var list = ListCoursesRequest.newBuilder()
                .setFilter(filter)
                .setOrderBy(order)
                .setPageSize(Wiring.<Integer>required(environment, "first"))
                .setPageToken(after == null ? "" : after)
                .setWithItemTokens(true)
                .build();
        return request.answer(request.courses().listCourses(list)).thenApply(page -> {
            var connection = new LinkedHashMap<>(
                    Connections.of(page.getCoursesList(), page.getItemTokensList(), page.getNextPageToken(), after));
            connection.put(Facets.FILTER, filter);
            return connection;
        });
    }
}
