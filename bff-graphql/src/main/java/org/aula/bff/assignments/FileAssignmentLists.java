package org.aula.bff.assignments;

import graphql.schema.DataFetchingEnvironment;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.aula.api.assignments.v1.ListFileAssignmentsRequest;
import org.aula.api.assignments.v1.ListLearnerFileAssignmentsRequest;
import org.aula.api.courses.v1.Course;
import org.aula.bff.engine.PageAsked;
import org.aula.bff.engine.Wiring;

/// The work to hand in of a course.
final class FileAssignmentLists {

    private FileAssignmentLists() {}

    static void addTo(Wiring wiring) {
        wiring.type("Course", Course.class)
                .fetch("fileAssignments", (course, environment) -> assignments(course.getId(), environment))
                .fetch(
                        "learnerFileAssignments",
                        (course, environment) -> learnerAssignments(course.getId(), environment));
    }

    private static CompletableFuture<Map<String, Object>> assignments(
            String courseId, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        var page = PageAsked.of(environment);
        var list = ListFileAssignmentsRequest.newBuilder()
                .setCourseId(courseId)
                .setPageSize(page.first())
                .setPageToken(page.token())
                .setWithItemTokens(true)
                .build();
        return request.answer(request.fileAssignments().listFileAssignments(list))
                .thenApply(found -> page.connection(
                        found.getFileAssignmentsList(), found.getItemTokensList(), found.getNextPageToken()));
    }

    private static CompletableFuture<Map<String, Object>> learnerAssignments(
            String courseId, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        var page = PageAsked.of(environment);
        var list = ListLearnerFileAssignmentsRequest.newBuilder()
                .setCourseId(courseId)
                .setLessonId(Wiring.id(environment, "lessonId", "Lesson"))
                .setPageSize(page.first())
                .setPageToken(page.token())
                .setWithItemTokens(true)
                .build();
        return request.answer(request.fileAssignments().listLearnerFileAssignments(list))
                .thenApply(found -> page.connection(
                        found.getFileAssignmentsList(), found.getItemTokensList(), found.getNextPageToken()));
    }
}
