package org.aula.bff.assignments;

import graphql.schema.DataFetchingEnvironment;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.aula.api.assignments.v1.GetLearnerQuizRequest;
import org.aula.api.assignments.v1.GetLearnerQuizResponse;
import org.aula.api.assignments.v1.GetQuizRequest;
import org.aula.api.assignments.v1.GetQuizResponse;
import org.aula.api.assignments.v1.LearnerQuiz;
import org.aula.api.assignments.v1.QuizDraw;
import org.aula.api.assignments.v1.QuizSettings;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;

/// Quizzes: as their authors see them, and as learners do. Both have the same UUID, so wherever a quiz is
/// named the id of either will do.
public final class QuizFields implements Wiring.Part {

    /// The types under whose ids a quiz is known.
    public static final String[] QUIZ = {"Quiz", "LearnerQuiz", "GradeItem"};

    @Override
    public void addTo(Wiring wiring) {
        addQuiz(wiring);
        addSettings(wiring);
        addDraw(wiring);
        addLearnerQuiz(wiring);
        wiring.query("quiz", environment -> quiz(Wiring.id(environment, "id", QUIZ), environment));
        wiring.query("learnerQuiz", environment -> learnerQuiz(Wiring.id(environment, "id", QUIZ), environment));
        wiring.node("Quiz", QuizFields::quiz);
        wiring.node("LearnerQuiz", QuizFields::learnerQuiz);
        QuizLists.addTo(wiring);
        QuizVersions.addTo(wiring);
        QuizMutations.addTo(wiring);
        DrawMutations.addTo(wiring);
    }

    private static void addQuiz(Wiring wiring) {
        wiring.type("Quiz", QuizView.class)
                .value("id", view -> GlobalId.of("Quiz", view.quiz().getId()))
                .fetch(
                        "course",
                        (view, environment) ->
                                Loader.COURSES.load(environment, view.quiz().getCourseId()))
                .value(
                        "lessonId",
                        view -> GlobalId.ofOrNull("Lesson", view.quiz().getLessonId()))
                .value("title", view -> view.quiz().getTitle())
                .value("description", view -> view.quiz().getDescription())
                .value("settings", view -> view.quiz().getSettings())
                .value("totalPoints", view -> view.quiz().getTotalPoints())
                .value("questionCount", view -> view.quiz().getQuestionCount())
                .value("status", view -> Values.name(view.quiz().getStatus()))
                .value(
                        "publishedVersion",
                        view -> Values.numberOrNull(view.quiz().getPublishedVersion()))
                .value("publishTime", view -> Values.time(view.quiz().getPublishTime()))
                .value("createTime", view -> Values.time(view.quiz().getCreateTime()))
                .value("updateTime", view -> Values.time(view.quiz().getUpdateTime()))
                .value("etag", view -> view.quiz().getEtag())
                .fetch("questions", (view, environment) -> part(view, environment, GetQuizResponse::getQuestionsList))
                .fetch("draws", (view, environment) -> part(view, environment, GetQuizResponse::getDrawsList));
    }

    private static void addSettings(Wiring wiring) {
        wiring.type("QuizSettings", QuizSettings.class)
                .value("instructions", QuizSettings::getInstructions)
                .value("passingPercentage", QuizSettings::getPassingPercentage)
                .value("timeLimit", settings -> Values.spanOrNull(settings.getTimeLimit()))
                .value("maxAttempts", settings -> Values.numberOrNull(settings.getMaxAttempts()))
                .value("openTime", settings -> Values.time(settings.getOpenTime()))
                .value("closeTime", settings -> Values.time(settings.getCloseTime()))
                .value("shuffleQuestions", QuizSettings::getShuffleQuestions)
                .value("shuffleOptions", QuizSettings::getShuffleOptions)
                .value("showAnswers", settings -> Values.name(settings.getShowAnswers()))
                .value("mandatory", QuizSettings::getMandatory);
    }

    private static void addDraw(Wiring wiring) {
        wiring.type("QuizDraw", QuizDraw.class)
                .value("id", draw -> GlobalId.of("QuizDraw", draw.getId()))
                .value("bankId", draw -> GlobalId.of("QuestionBank", draw.getBankId()))
                .value("count", QuizDraw::getCount)
                .value("pointsEach", QuizDraw::getPointsEach)
                .value("tags", QuizDraw::getTagsList)
                .value("difficulty", draw -> Values.name(draw.getDifficulty()))
                .value("sortOrder", QuizDraw::getSortOrder)
                .value("etag", QuizDraw::getEtag);
    }

    private static void addLearnerQuiz(Wiring wiring) {
        wiring.type("LearnerQuiz", LearnerQuiz.class)
                .value("id", quiz -> GlobalId.of("LearnerQuiz", quiz.getId()))
                .value("version", LearnerQuiz::getVersion)
                .fetch("course", (quiz, environment) -> Loader.COURSES.load(environment, quiz.getCourseId()))
                .value("lessonId", quiz -> GlobalId.ofOrNull("Lesson", quiz.getLessonId()))
                .value("title", LearnerQuiz::getTitle)
                .value("description", LearnerQuiz::getDescription)
                .value("settings", LearnerQuiz::getSettings)
                .value("totalPoints", LearnerQuiz::getTotalPoints)
                .value("questionCount", LearnerQuiz::getQuestionCount);
    }

    private static Object part(
            QuizView view, DataFetchingEnvironment environment, Function<GetQuizResponse, Object> read) {
        var whole = view.whole();
        return whole == null
                ? Loader.QUIZZES.load(environment, view.quiz().getId()).thenApply(read)
                : read.apply(whole);
    }

    private static CompletableFuture<?> quiz(String id, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        return Wiring.orNull(request.answer(request.quizzes()
                        .getQuiz(GetQuizRequest.newBuilder().setQuizId(id).build()))
                .thenApply(QuizView::of));
    }

    private static CompletableFuture<?> learnerQuiz(String id, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        return Wiring.orNull(request.answer(request.quizzes()
                        .getLearnerQuiz(
                                GetLearnerQuizRequest.newBuilder().setQuizId(id).build()))
                .thenApply(GetLearnerQuizResponse::getQuiz));
    }
}
