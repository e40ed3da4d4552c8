package org.aula.bff.grades;

import org.aula.api.assignments.v1.LearnerQuiz;
import org.aula.api.grades.v1.Answer;
import org.aula.api.grades.v1.Attempt;
import org.aula.api.grades.v1.AttemptServiceGrpc;
import org.aula.api.grades.v1.GetAttemptResponse;
import org.aula.api.grades.v1.GradingServiceGrpc;
import org.aula.api.grades.v1.ScoreChange;
import org.aula.bff.assignments.QuizView;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;
import org.aula.bff.users.Viewer;

/// Attempts at quizzes.
public final class AttemptFields implements Wiring.Part {

    /// How the names of actors begin that are no persons.
    private static final String SERVICE = "service:";

    @Override
    public void addTo(Wiring wiring) {
        addAttempt(wiring);
        addLists(wiring);
        wiring.type("QuizAnswer", Answer.class)
                .value(
                        "optionKeys",
                        answer -> answer.hasChoice() ? answer.getChoice().getOptionIdsList() : null);
        wiring.type("ScoreChange", ScoreChange.class)
                .fetch(
                        "grader",
                        (change, environment) -> change.getActor().startsWith(SERVICE)
                                ? null
                                : Loader.USER_SUMMARIES.load(environment, change.getActor()));
        wiring.mutation("startAttempt", AttemptServiceGrpc.getStartAttemptMethod())
                .payload("attempt", answer -> AttemptView.withQuestions(answer.getAttempt()));
        wiring.mutation("submitAttempt", AttemptServiceGrpc.getSubmitAttemptMethod())
                .payload("attempt", answer -> AttemptView.withQuestions(answer.getAttempt()));
    }

    private static void addAttempt(Wiring wiring) {
        wiring.show(Attempt.class, AttemptView::withoutQuestions);
        wiring.show(GetAttemptResponse.class, answer -> AttemptView.withQuestions(answer.getAttempt()));
        wiring.find("attempt", AttemptServiceGrpc.getGetAttemptMethod(), "attempt_id");
        wiring.node("Attempt", AttemptServiceGrpc.getGetAttemptMethod(), "attempt_id");
        wiring.type("Attempt", AttemptView.class)
                .of(Attempt.class, AttemptView::attempt)
                .value(
                        "timeSpent",
                        view -> view.attempt().hasTimeSpent()
                                ? Values.duration(view.attempt().getTimeSpent())
                                : null)
                .fetch(
                        "quiz",
                        (view, environment) -> Wiring.orNone(Loader.LEARNER_QUIZZES.load(
                                environment, view.attempt().getQuizId())))
                .load("course", Loader.COURSES, view -> view.attempt().getCourseId())
                .load("learner", Loader.USER_SUMMARIES, view -> view.attempt().getUserId())
                .fetch(
                        "questions",
                        (view, environment) -> view.whole()
                                ? view.attempt().getQuestionsList()
                                : Loader.ATTEMPTS.load(environment, view.id()).thenApply(Attempt::getQuestionsList));
    }

    private static void addLists(Wiring wiring) {
        var mine = AttemptServiceGrpc.getListMyAttemptsMethod();
        wiring.type("Viewer", Viewer.class).page("attempts", mine);
        wiring.type("LearnerQuiz", LearnerQuiz.class).page("myAttempts", mine, "quiz_id", LearnerQuiz::getId);
        wiring.type("Quiz", QuizView.class)
                .page("attempts", AttemptServiceGrpc.getListAttemptsMethod(), "quiz_id", QuizView::id);
        wiring.type("Attempt", AttemptView.class)
                .page("scoreChanges", GradingServiceGrpc.getListScoreChangesMethod(), "attempt_id", AttemptView::id);
    }
}
