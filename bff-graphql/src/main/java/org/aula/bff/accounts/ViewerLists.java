package org.aula.bff.accounts;

import graphql.schema.DataFetchingEnvironment;
import org.aula.api.courses.v1.CourseFilter;
import org.aula.api.courses.v1.CourseOrder;
import org.aula.api.courses.v1.CourseStatus;
import org.aula.api.enrollments.v1.EnrollmentStatus;
import org.aula.api.enrollments.v1.ListMyEnrollmentsRequest;
import org.aula.bff.courses.CourseQueries;
import org.aula.bff.engine.Connections;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;
import org.aula.bff.enrollments.EnrollmentView;
import org.aula.bff.users.Viewer;

/// What the viewer learns and teaches.
final class ViewerLists {

    private ViewerLists() {}

    static Object enrollments(DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        var after = Wiring.<String>argument(environment, "after");
        var list = ListMyEnrollmentsRequest.newBuilder()
                .setStatus(Values.constant(EnrollmentStatus.class, Wiring.argument(environment, "status")))
                .setPageSize(Wiring.<Integer>required(environment, "first"))
                .setPageToken(after == null ? "" : after)
                .setWithItemTokens(true)
                .build();
        return request.answer(request.enrollments().listMyEnrollments(list))
                .thenApply(page -> Connections.of(
                        page.getEnrollmentsList().stream()
                                .map(EnrollmentView::withoutLessons)
                                .toList(),
                        page.getItemTokensList(),
                        page.getNextPageToken(),
                        after));
    }

    static Object courses(Viewer viewer, DataFetchingEnvironment environment) {
        var filter = CourseFilter.newBuilder()
                .setInstructorId(viewer.userId())
                .setStatus(Values.constant(CourseStatus.class, Wiring.argument(environment, "status")))
                .build();
        return CourseQueries.page(filter, CourseOrder.COURSE_ORDER_NEWEST, environment);
    }
}
