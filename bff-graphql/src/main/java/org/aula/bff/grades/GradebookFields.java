package org.aula.bff.grades;

import org.aula.api.courses.v1.Course;
import org.aula.api.grades.v1.AnalyzeQuizResponse;
import org.aula.api.grades.v1.CategoryGrade;
import org.aula.api.grades.v1.CourseGrade;
import org.aula.api.grades.v1.ExportGradesResponse;
import org.aula.api.grades.v1.GetLeaderboardResponse;
import org.aula.api.grades.v1.GradeCategory;
import org.aula.api.grades.v1.GradeItem;
import org.aula.api.grades.v1.GradebookSettings;
import org.aula.api.grades.v1.ItemGrade;
import org.aula.api.grades.v1.LeaderboardPlace;
import org.aula.api.grades.v1.LetterGrade;
import org.aula.api.grades.v1.QuestionAnalysis;
import org.aula.bff.assignments.QuizView;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;

/// Grades of courses: how they are made, what they are, and what gave them.
public final class GradebookFields implements Wiring.Part {

    /// The type of ids of what a grade came from: the contract does not say whether it is an attempt or a
    /// submission.
    static final String SOURCE = "GradeSource";

    @Override
    public void addTo(Wiring wiring) {
        addSettings(wiring);
        addGrades(wiring);
        addCourse(wiring);
        addAnalysis(wiring);
        GradebookMutations.addTo(wiring);
    }

    private static void addSettings(Wiring wiring) {
        wiring.type("GradebookSettings", GradebookSettings.class)
                .value("categories", GradebookSettings::getCategoriesList)
                .value("letters", GradebookSettings::getLettersList)
                .value("missingCountsZero", GradebookSettings::getMissingCountsZero)
                .value("items", GradebookSettings::getItemsList)
                .value("etag", GradebookSettings::getEtag);
        wiring.type("GradeCategory", GradeCategory.class)
                .value("id", GradeCategory::getId)
                .value("name", GradeCategory::getName)
                .value("weight", GradeCategory::getWeight)
                .value("dropLowest", GradeCategory::getDropLowest);
        wiring.type("LetterGrade", LetterGrade.class)
                .value("letter", LetterGrade::getLetter)
                .value("minPercentage", LetterGrade::getMinPercentage);
        wiring.type("GradeItem", GradeItem.class)
                .value("id", item -> GlobalId.of("GradeItem", item.getId()))
                .value("kind", item -> Values.name(item.getKind()))
                .value("title", GradeItem::getTitle)
                .value("maxPoints", GradeItem::getMaxPoints)
                .value("categoryId", item -> Values.text(item.getCategoryId()));
    }

    private static void addGrades(Wiring wiring) {
        wiring.type("CourseGrade", CourseGrade.class)
                .fetch("learner", (grade, environment) -> Loader.USER_SUMMARIES.load(environment, grade.getUserId()))
                .value("graded", CourseGrade::getGraded)
                .value("percentage", CourseGrade::getPercentage)
                .value("letter", grade -> Values.text(grade.getLetter()))
                .value("points", CourseGrade::getPoints)
                .value("categories", CourseGrade::getCategoriesList)
                .value("updateTime", grade -> Values.time(grade.getUpdateTime()));
        wiring.type("CategoryGrade", CategoryGrade.class)
                .value("categoryId", category -> Values.text(category.getCategoryId()))
                .value("name", CategoryGrade::getName)
                .value("weight", CategoryGrade::getWeight)
                .value("effectiveWeight", CategoryGrade::getEffectiveWeight)
                .value("percentage", CategoryGrade::getPercentage)
                .value("contribution", CategoryGrade::getContribution)
                .value("items", CategoryGrade::getItemsList);
        wiring.type("ItemGrade", ItemGrade.class)
                .value("itemId", item -> GlobalId.of("GradeItem", item.getItemId()))
                .value("title", ItemGrade::getTitle)
                .value("points", ItemGrade::getPoints)
                .value("maxPoints", ItemGrade::getMaxPoints)
                .value("rawPoints", ItemGrade::getRawPoints)
                .value("latePenaltyPercent", ItemGrade::getLatePenaltyPercent)
                .value("standing", item -> Values.name(item.getStanding()))
                .value("sourceId", item -> GlobalId.ofOrNull(SOURCE, item.getSourceId()));
    }

    private static void addCourse(Wiring wiring) {
        wiring.type("Course", Course.class)
                .fetch("gradebookSettings", GradebookCourse::settings)
                .fetch("grades", GradebookCourse::grades)
                .fetch("learnerGrade", GradebookCourse::learnerGrade)
                .fetch("myGrade", GradebookCourse::myGrade)
                .fetch("gradesCsv", GradebookCourse::csv)
                .fetch("leaderboard", GradebookCourse::leaderboard);
        wiring.type("GradesCsv", ExportGradesResponse.class)
                .value("csv", ExportGradesResponse::getCsv)
                .value("endCursor", part -> Values.text(part.getNextPageToken()));
        wiring.type("Leaderboard", GetLeaderboardResponse.class)
                .value("places", GetLeaderboardResponse::getPlacesList)
                .value("own", board -> board.hasOwn() ? board.getOwn() : null);
        wiring.type("LeaderboardPlace", LeaderboardPlace.class)
                .value("rank", LeaderboardPlace::getRank)
                .fetch("learner", (place, environment) -> Loader.USER_SUMMARIES.load(environment, place.getUserId()))
                .value("points", LeaderboardPlace::getPoints);
    }

    private static void addAnalysis(Wiring wiring) {
        wiring.type("Quiz", QuizView.class).fetch("analysis", GradebookCourse::analysis);
        wiring.type("QuizAnalysis", AnalyzeQuizResponse.class)
                .value("learnerCount", AnalyzeQuizResponse::getLearnerCount)
                .value("questions", AnalyzeQuizResponse::getQuestionsList);
        wiring.type("QuestionAnalysis", QuestionAnalysis.class)
                .value("questionId", question -> GlobalId.of("Question", question.getQuestionId()))
                .value("count", QuestionAnalysis::getCount)
                .value("answered", QuestionAnalysis::getAnswered)
                .value("difficulty", QuestionAnalysis::getDifficulty)
                .value(
                        "discrimination",
                        question -> question.hasDiscrimination() ? question.getDiscrimination() : null);
    }
}
