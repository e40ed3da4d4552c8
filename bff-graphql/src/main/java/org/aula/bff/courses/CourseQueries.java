package org.aula.bff.courses;

import graphql.schema.DataFetchingEnvironment;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.aula.api.courses.v1.CourseFilter;
import org.aula.api.courses.v1.CourseLevel;
import org.aula.api.courses.v1.CourseOrder;
import org.aula.api.courses.v1.CourseStatus;
import org.aula.api.courses.v1.GetCourseRequest;
import org.aula.api.courses.v1.GetCourseResponse;
import org.aula.api.courses.v1.ListCoursesRequest;
import org.aula.bff.backend.CategoryTree;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.Connections;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.RefusedException;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;
import org.jspecify.annotations.Nullable;

/// Finding courses.
final class CourseQueries {

    private CourseQueries() {}

    static void addTo(Wiring wiring) {
        wiring.query("course", CourseQueries::course);
        wiring.query("courses", CourseQueries::courses);
        wiring.query(
                "categories",
                environment -> Loader.CATEGORIES.load(environment, Loader.ALL).thenApply(CategoryTree::inOrder));
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
        var request = Wiring.request(environment);
        var after = Wiring.<String>argument(environment, "after");
        var list = ListCoursesRequest.newBuilder()
                .setFilter(filter(Wiring.argument(environment, "filter")))
                .setOrderBy(Values.constant(CourseOrder.class, Wiring.<String>required(environment, "orderBy")))
                .setPageSize(Wiring.<Integer>required(environment, "first"))
                .setPageToken(after == null ? "" : after)
                .setWithItemTokens(true)
                .build();
        return request.answer(request.courses().listCourses(list))
                .thenApply(page -> Connections.of(
                        page.getCoursesList(), page.getItemTokensList(), page.getNextPageToken(), after));
    }

    private static CourseFilter filter(@Nullable Map<String, Object> given) {
        var filter = CourseFilter.newBuilder();
        if (given == null) {
            return filter.build();
        }
        if (given.get("categoryId") instanceof String id) {
            filter.setCategoryId(GlobalId.require(id, "Category"));
        }
        if (given.get("instructorId") instanceof String id) {
            filter.setInstructorId(GlobalId.require(id, "UserSummary", "User"));
        }
        if (given.get("level") instanceof String level) {
            filter.setLevel(Values.constant(CourseLevel.class, level));
        }
        if (given.get("languageCode") instanceof String languageCode) {
            filter.setLanguageCode(languageCode);
        }
        if (given.get("status") instanceof String status) {
            filter.setStatus(Values.constant(CourseStatus.class, status));
        }
        if (given.get("text") instanceof String text) {
            filter.setText(text);
        }
        return filter.setFreeOnly(Boolean.TRUE.equals(given.get("freeOnly"))).build();
    }
}
