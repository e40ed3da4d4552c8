package org.aula.bff.grades;

import graphql.schema.DataFetchingEnvironment;
import java.util.concurrent.CompletableFuture;
import org.aula.api.grades.v1.Attempt;
import org.aula.api.grades.v1.GetAttemptRequest;
import org.aula.api.grades.v1.GetAttemptResponse;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;

/// Attempts at quizzes.
public final class AttemptFields implements Wiring.Part {

    /// The types under whose ids an attempt is known: also as what a grade came from.
    static final String[] ATTEMPT = {"Attempt", GradebookFields.SOURCE};

    @Override
    public void addTo(Wiring wiring) {
        addAttempt(wiring);
        addJoins(wiring);
        wiring.query("attempt", environment -> attempt(Wiring.id(environment, "id", ATTEMPT), environment));
        wiring.node("Attempt", AttemptFields::attempt);
        AttemptQuestionFields.addTo(wiring);
        AttemptLists.addTo(wiring);
        AttemptMutations.addTo(wiring);
    }

    private static void addAttempt(Wiring wiring) {
        wiring.type("Attempt", AttemptView.class)
                .value("id", view -> GlobalId.of("Attempt", view.attempt().getId()))
                .value(
                        "quizId",
                        view -> GlobalId.of("LearnerQuiz", view.attempt().getQuizId()))
                .value("quizVersion", view -> view.attempt().getQuizVersion())
                .value(
                        "lessonId",
                        view -> GlobalId.ofOrNull("Lesson", view.attempt().getLessonId()))
                .value("number", view -> view.attempt().getNumber())
                .value("status", view -> Values.name(view.attempt().getStatus()))
                .value("score", view -> view.attempt().getScore())
                .value("maxScore", view -> view.attempt().getMaxScore())
                .value("passed", view -> view.attempt().getPassed())
                .value(
                        "timeSpent",
                        view -> view.attempt().hasTimeSpent()
                                ? Values.span(view.attempt().getTimeSpent())
                                : null)
                .value("startTime", view -> Values.time(view.attempt().getStartTime()))
                .value("endTime", view -> Values.time(view.attempt().getEndTime()))
                .value("submitTime", view -> Values.time(view.attempt().getSubmitTime()))
                .value("timedOut", view -> view.attempt().getTimedOut())
                .value("gradeTime", view -> Values.time(view.attempt().getGradeTime()))
                .value("feedback", view -> Values.text(view.attempt().getFeedback()));
    }

    private static void addJoins(Wiring wiring) {
        wiring.type("Attempt", AttemptView.class)
                .fetch(
                        "quiz",
                        (view, environment) -> Wiring.orNull(Loader.LEARNER_QUIZZES.load(
                                environment, view.attempt().getQuizId())))
                .fetch(
                        "course",
                        (view, environment) ->
                                Loader.COURSES.load(environment, view.attempt().getCourseId()))
                .fetch(
                        "learner",
                        (view, environment) -> Loader.USER_SUMMARIES.load(
                                environment, view.attempt().getUserId()))
                .fetch(
                        "questions",
                        (view, environment) -> view.whole()
                                ? view.attempt().getQuestionsList()
                                : Loader.ATTEMPTS
                                        .load(environment, view.attempt().getId())
                                        .thenApply(Attempt::getQuestionsList));
    }

    private static CompletableFuture<?> attempt(String id, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        return Wiring.orNull(request.answer(request.attempts()
                        .getAttempt(
                                GetAttemptRequest.newBuilder().setAttemptId(id).build()))
                .thenApply(GetAttemptResponse::getAttempt)
                .thenApply(AttemptView::withQuestions));
    }
}
