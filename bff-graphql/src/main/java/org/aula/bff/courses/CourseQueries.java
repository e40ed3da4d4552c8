package org.aula.bff.courses;

import graphql.schema.DataFetchingEnvironment;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.aula.api.courses.v1.CourseFilter;
import org.aula.api.courses.v1.CourseOrder;
import org.aula.api.courses.v1.CourseServiceGrpc;
import org.aula.api.courses.v1.GetCourseRequest;
import org.aula.api.courses.v1.GetCourseResponse;
import org.aula.api.courses.v1.ListCoursesRequest;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.Connections;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.RefusedException;
import org.aula.bff.engine.Wiring;

/// Finding courses.
public final class CourseQueries {

    private CourseQueries() {}

    static void addTo(Wiring wiring) {
        wiring.query("course", CourseQueries::course);
        wiring.page("courses", CourseServiceGrpc.getListCoursesMethod());
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
        return Wiring.orNull(Wiring.request(environment)
                .call(
                        CourseServiceGrpc.getGetCourseMethod(),
                        GetCourseRequest.newBuilder().setSlug(slug).build())
                .thenApply(GetCourseResponse::getCourse));
    }

    /// A page of courses by a filter that is not the field's argument.
    public static CompletableFuture<Map<String, Object>> page(
            CourseFilter filter, CourseOrder order, DataFetchingEnvironment environment) {
        var after = Wiring.<String>argument(environment, "after");
        var request = ListCoursesRequest.newBuilder()
                .setFilter(filter)
                .setOrderBy(order)
                .setPageSize(Wiring.<Integer>required(environment, "first"))
                .setPageToken(after == null ? "" : after)
                .setWithItemTokens(true)
                .build();
        return Wiring.request(environment)
                .call(CourseServiceGrpc.getListCoursesMethod(), request)
                .thenApply(page -> Connections.of(
                        request, page.getCoursesList(), page.getItemTokensList(), page.getNextPageToken(), after));
    }
}
