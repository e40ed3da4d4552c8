package org.aula.bff.grades;

import graphql.schema.DataFetchingEnvironment;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.aula.api.courses.v1.Course;
import org.aula.api.grades.v1.AnalyzeQuizRequest;
import org.aula.api.grades.v1.ExportGradesRequest;
import org.aula.api.grades.v1.GetGradebookSettingsRequest;
import org.aula.api.grades.v1.GetGradebookSettingsResponse;
import org.aula.api.grades.v1.GetLeaderboardRequest;
import org.aula.api.grades.v1.GetLearnerGradeRequest;
import org.aula.api.grades.v1.GetLearnerGradeResponse;
import org.aula.api.grades.v1.GetMyGradeRequest;
import org.aula.api.grades.v1.GetMyGradeResponse;
import org.aula.api.grades.v1.ListGradesRequest;
import org.aula.bff.assignments.QuizView;
import org.aula.bff.engine.PageAsked;
import org.aula.bff.engine.Wiring;

/// Asks for the grades of one course, or one quiz.
final class GradebookCourse {

    private GradebookCourse() {}

    static CompletableFuture<?> settings(Course course, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        return request.answer(request.gradebook()
                        .getGradebookSettings(GetGradebookSettingsRequest.newBuilder()
                                .setCourseId(course.getId())
                                .build()))
                .thenApply(GetGradebookSettingsResponse::getSettings);
    }

    static CompletableFuture<Map<String, Object>> grades(Course course, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        var page = PageAsked.of(environment);
        var list = ListGradesRequest.newBuilder()
                .setCourseId(course.getId())
                .setPageSize(page.first())
                .setPageToken(page.token())
                .setWithItemTokens(true)
                .build();
        return request.answer(request.gradebook().listGrades(list))
                .thenApply(found ->
                        page.connection(found.getGradesList(), found.getItemTokensList(), found.getNextPageToken()));
    }

    static CompletableFuture<?> learnerGrade(Course course, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        return Wiring.orNull(request.answer(request.gradebook()
                        .getLearnerGrade(GetLearnerGradeRequest.newBuilder()
                                .setCourseId(course.getId())
                                .setUserId(Wiring.person(environment, "userId"))
                                .build()))
                .thenApply(GetLearnerGradeResponse::getGrade));
    }

    static CompletableFuture<?> myGrade(Course course, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        return request.answer(request.gradebook()
                        .getMyGrade(GetMyGradeRequest.newBuilder()
                                .setCourseId(course.getId())
                                .build()))
                .thenApply(GetMyGradeResponse::getGrade);
    }

    static CompletableFuture<?> csv(Course course, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        var after = Wiring.<String>argument(environment, "after");
        return request.answer(request.gradebook()
                .exportGrades(ExportGradesRequest.newBuilder()
                        .setCourseId(course.getId())
                        .setPageToken(Objects.requireNonNullElse(after, ""))
                        .build()));
    }

    static CompletableFuture<?> leaderboard(Course course, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        return request.answer(request.leaderboards()
                .getLeaderboard(GetLeaderboardRequest.newBuilder()
                        .setCourseId(course.getId())
                        .setFirst(Wiring.<Integer>required(environment, "first"))
                        .build()));
    }

    static CompletableFuture<?> analysis(QuizView view, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        return request.answer(request.gradebook()
                .analyzeQuiz(AnalyzeQuizRequest.newBuilder()
                        .setQuizId(view.quiz().getId())
                        .build()));
    }
}
