package org.aula.bff.grades;

import graphql.schema.DataFetchingEnvironment;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.aula.api.assignments.v1.LearnerQuiz;
import org.aula.api.grades.v1.AttemptStatus;
import org.aula.api.grades.v1.ListAttemptsRequest;
import org.aula.api.grades.v1.ListMyAttemptsRequest;
import org.aula.api.grades.v1.ListScoreChangesRequest;
import org.aula.api.grades.v1.ScoreChange;
import org.aula.bff.assignments.QuizFields;
import org.aula.bff.assignments.QuizView;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.PageAsked;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;
import org.aula.bff.users.Viewer;

/// Lists of attempts, and how their scores came about.
final class AttemptLists {

    /// How those that are nobody begin.
    private static final String SERVICE = "service:";

    private AttemptLists() {}

    static void addTo(Wiring wiring) {
        wiring.type("Viewer", Viewer.class)
                .fetch(
                        "attempts",
                        (viewer, environment) -> mine(Wiring.id(environment, "quizId", QuizFields.QUIZ), environment));
        wiring.type("LearnerQuiz", LearnerQuiz.class)
                .fetch("myAttempts", (quiz, environment) -> mine(quiz.getId(), environment));
        wiring.type("Quiz", QuizView.class)
                .fetch("attempts", (view, environment) -> ofQuiz(view.quiz().getId(), environment));
        wiring.type("Attempt", AttemptView.class)
                .fetch(
                        "scoreChanges",
                        (view, environment) -> changes(view.attempt().getId(), environment));
        addChange(wiring);
    }

    private static CompletableFuture<Map<String, Object>> mine(String quizId, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        var page = PageAsked.of(environment);
        var list = ListMyAttemptsRequest.newBuilder()
                .setQuizId(quizId)
                .setCourseId(Wiring.id(environment, "courseId", "Course"))
                .setPageSize(page.first())
                .setPageToken(page.token())
                .setWithItemTokens(true)
                .build();
        return request.answer(request.attempts().listMyAttempts(list))
                .thenApply(found -> page.connection(
                        found.getAttemptsList(),
                        AttemptView::withoutQuestions,
                        found.getItemTokensList(),
                        found.getNextPageToken()));
    }

    private static CompletableFuture<Map<String, Object>> ofQuiz(String quizId, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        var page = PageAsked.of(environment);
        var list = ListAttemptsRequest.newBuilder()
                .setQuizId(quizId)
                .setUserId(Wiring.person(environment, "userId"))
                .setStatus(Wiring.choice(environment, "status", AttemptStatus.class))
                .setPageSize(page.first())
                .setPageToken(page.token())
                .setWithItemTokens(true)
                .build();
        return request.answer(request.attempts().listAttempts(list))
                .thenApply(found -> page.connection(
                        found.getAttemptsList(),
                        AttemptView::withoutQuestions,
                        found.getItemTokensList(),
                        found.getNextPageToken()));
    }

    private static CompletableFuture<Map<String, Object>> changes(
            String attemptId, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        var page = PageAsked.of(environment);
        var list = ListScoreChangesRequest.newBuilder()
                .setAttemptId(attemptId)
                .setPageSize(page.first())
                .setPageToken(page.token())
                .setWithItemTokens(true)
                .build();
        return request.answer(request.grading().listScoreChanges(list))
                .thenApply(found ->
                        page.connection(found.getChangesList(), found.getItemTokensList(), found.getNextPageToken()));
    }

    private static void addChange(Wiring wiring) {
        wiring.type("ScoreChange", ScoreChange.class)
                .value("id", change -> GlobalId.of("ScoreChange", change.getId()))
                .value("questionId", change -> GlobalId.ofOrNull("Question", change.getQuestionId()))
                .value("kind", change -> Values.name(change.getKind()))
                .fetch(
                        "grader",
                        (change, environment) -> change.getActor().startsWith(SERVICE)
                                ? null
                                : Loader.USER_SUMMARIES.load(environment, change.getActor()))
                .value("fromScore", ScoreChange::getFromScore)
                .value("toScore", ScoreChange::getToScore)
                .value("maxScore", ScoreChange::getMaxScore)
                .value("quizVersion", ScoreChange::getQuizVersion)
                .value("changeTime", change -> Values.time(change.getChangeTime()));
    }
}
