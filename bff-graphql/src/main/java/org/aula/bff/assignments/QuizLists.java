package org.aula.bff.assignments;

import graphql.schema.DataFetchingEnvironment;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.aula.api.assignments.v1.ListLearnerQuizzesRequest;
import org.aula.api.assignments.v1.ListQuizzesRequest;
import org.aula.api.courses.v1.Course;
import org.aula.bff.engine.PageAsked;
import org.aula.bff.engine.Wiring;

/// The quizzes of a course.
final class QuizLists {

    private QuizLists() {}

    static void addTo(Wiring wiring) {
        wiring.type("Course", Course.class)
                .fetch("quizzes", (course, environment) -> quizzes(course.getId(), environment))
                .fetch("learnerQuizzes", (course, environment) -> learnerQuizzes(course.getId(), environment));
    }

    private static CompletableFuture<Map<String, Object>> quizzes(
            String courseId, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        var page = PageAsked.of(environment);
        var list = ListQuizzesRequest.newBuilder()
                .setCourseId(courseId)
                .setPageSize(page.first())
                .setPageToken(page.token())
                .setWithItemTokens(true)
                .build();
        return request.answer(request.quizzes().listQuizzes(list))
                .thenApply(found -> page.connection(
                        found.getQuizzesList(), QuizView::of, found.getItemTokensList(), found.getNextPageToken()));
    }

    private static CompletableFuture<Map<String, Object>> learnerQuizzes(
            String courseId, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        var page = PageAsked.of(environment);
        var list = ListLearnerQuizzesRequest.newBuilder()
                .setCourseId(courseId)
                .setLessonId(Wiring.id(environment, "lessonId", "Lesson"))
                .setPageSize(page.first())
                .setPageToken(page.token())
                .setWithItemTokens(true)
                .build();
        return request.answer(request.quizzes().listLearnerQuizzes(list))
                .thenApply(found ->
                        page.connection(found.getQuizzesList(), found.getItemTokensList(), found.getNextPageToken()));
    }
}
