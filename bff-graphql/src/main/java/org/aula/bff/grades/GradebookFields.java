package org.aula.bff.grades;

import org.aula.api.courses.v1.Course;
import org.aula.api.grades.v1.AnalyzeQuizResponse;
import org.aula.api.grades.v1.CourseGrade;
import org.aula.api.grades.v1.ExportGradesResponse;
import org.aula.api.grades.v1.GetLeaderboardResponse;
import org.aula.api.grades.v1.GradebookServiceGrpc;
import org.aula.api.grades.v1.LeaderboardEntry;
import org.aula.api.grades.v1.LeaderboardServiceGrpc;
import org.aula.bff.assignments.QuizView;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;

/// Grades of courses: how they are made, what they are, and what gave them.
public final class GradebookFields implements Wiring.Part {

    private static final String ID = "course_id";

    @Override
    public void addTo(Wiring wiring) {
        wiring.type("Course", Course.class)
                .call("gradebookSettings", GradebookServiceGrpc.getGetGradebookSettingsMethod(), ID, Course::getId)
                .page("grades", GradebookServiceGrpc.getListGradesMethod(), ID, Course::getId)
                .find("learnerGrade", GradebookServiceGrpc.getGetLearnerGradeMethod(), ID, Course::getId)
                .call("myGrade", GradebookServiceGrpc.getGetMyGradeMethod(), ID, Course::getId)
                .call("gradesCsv", GradebookServiceGrpc.getExportGradesMethod(), ID, Course::getId)
                .call("leaderboard", LeaderboardServiceGrpc.getGetLeaderboardMethod(), ID, Course::getId);
        wiring.type("CourseGrade", CourseGrade.class).load("learner", Loader.USER_SUMMARIES, CourseGrade::getUserId);
        wiring.type("GradesCsv", ExportGradesResponse.class)
                .value("endCursor", part -> Values.textOrNull(part.getNextPageToken()));
        wiring.type("Leaderboard", GetLeaderboardResponse.class);
        wiring.type("LeaderboardEntry", LeaderboardEntry.class)
                .load("learner", Loader.USER_SUMMARIES, LeaderboardEntry::getUserId);
        wiring.type("Quiz", QuizView.class)
                .call("analysis", GradebookServiceGrpc.getAnalyzeQuizMethod(), "quiz_id", QuizView::id);
        wiring.type("QuizAnalysis", AnalyzeQuizResponse.class);
    }
}
