package org.aula.bff.grades;

import graphql.schema.DataFetchingEnvironment;
import java.util.concurrent.CompletableFuture;
import org.aula.api.courses.v1.Course;
import org.aula.api.grades.v1.AnalyzeQuizResponse;
import org.aula.api.grades.v1.CourseGrade;
import org.aula.api.grades.v1.ExportGradesResponse;
import org.aula.api.grades.v1.GetLeaderboardResponse;
import org.aula.api.grades.v1.GetLearnerGradeRequest;
import org.aula.api.grades.v1.GetLearnerGradeResponse;
import org.aula.api.grades.v1.GetMyGradeRequest;
import org.aula.api.grades.v1.GetMyGradeResponse;
import org.aula.api.grades.v1.GradebookServiceGrpc;
import org.aula.api.grades.v1.GradebookSettings;
import org.aula.api.grades.v1.LeaderboardEntry;
import org.aula.api.grades.v1.LeaderboardServiceGrpc;
import org.aula.api.grades.v1.WatchLeaderboardResponse;
import org.aula.bff.assignments.QuizView;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;
import org.jspecify.annotations.Nullable;

/// Grades of courses: how they are made, what they are, and what gave them.
public final class GradebookFields implements Wiring.Part {

    private static final String ID = "course_id";

    @Override
    public void addTo(Wiring wiring) {
        wiring.type("Course", Course.class)
                .call("gradebookSettings", GradebookServiceGrpc.getGetGradebookSettingsMethod(), ID, Course::getId)
                .page("grades", GradebookServiceGrpc.getListGradesMethod(), ID, Course::getId)
                .find("learnerGrade", GradebookServiceGrpc.getGetLearnerGradeMethod(), ID, Course::getId)
                .own("myGrade", GradebookServiceGrpc.getGetMyGradeMethod(), ID, Course::getId)
                .call("gradesCsv", GradebookServiceGrpc.getExportGradesMethod(), ID, Course::getId)
                .own("leaderboard", LeaderboardServiceGrpc.getGetLeaderboardMethod(), ID, Course::getId);
        wiring.type("GradebookSettings", GradebookSettings.class).id(GradebookSettings::getCourseId);
        wiring.node("GradebookSettings", GradebookServiceGrpc.getGetGradebookSettingsMethod(), ID);
        wiring.node("CourseGrade", GradebookFields::grade);
        wiring.type("CourseGrade", CourseGrade.class)
                .id(CourseGrade::getCourseId, CourseGrade::getUserId)
                .load("learner", Loader.USER_SUMMARIES, CourseGrade::getUserId);
        wiring.type("GradesCsv", ExportGradesResponse.class)
                .value("endCursor", part -> Values.textOrNull(part.getNextPageToken()));
        wiring.type("Leaderboard", GetLeaderboardResponse.class);
        wiring.watch(
                "leaderboard",
                LeaderboardServiceGrpc.getWatchLeaderboardMethod(),
                WatchLeaderboardResponse::getLeaderboard);
        wiring.type("LeaderboardEntry", LeaderboardEntry.class)
                .load("learner", Loader.USER_SUMMARIES, LeaderboardEntry::getUserId);
        wiring.type("Quiz", QuizView.class)
                .call("analysis", GradebookServiceGrpc.getAnalyzeQuizMethod(), "quiz_id", QuizView::id);
        wiring.type("QuizAnalysis", AnalyzeQuizResponse.class);
    }

    /// Learners may read their own, instructors that of each learner.
    private static CompletableFuture<@Nullable CourseGrade> grade(GlobalId id, DataFetchingEnvironment environment) {
        var parts = id.parts(2);
        var courseId = parts.getFirst();
        var userId = parts.getLast();
        var request = Wiring.request(environment);
        return Wiring.orNone(
                userId.equals(request.claimedUserId())
                        ? request.call(
                                        GradebookServiceGrpc.getGetMyGradeMethod(),
                                        GetMyGradeRequest.newBuilder()
                                                .setCourseId(courseId)
                                                .build())
                                .thenApply(GetMyGradeResponse::getGrade)
                        : request.call(
                                        GradebookServiceGrpc.getGetLearnerGradeMethod(),
                                        GetLearnerGradeRequest.newBuilder()
                                                .setCourseId(courseId)
                                                .setUserId(userId)
                                                .build())
                                .thenApply(GetLearnerGradeResponse::getGrade));
    }
}
