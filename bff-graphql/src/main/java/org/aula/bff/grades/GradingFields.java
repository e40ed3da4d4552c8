package org.aula.bff.grades;

import graphql.schema.DataFetchingEnvironment;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.aula.api.courses.v1.Course;
import org.aula.api.grades.v1.ListPendingResponsesRequest;
import org.aula.api.grades.v1.PendingResponse;
import org.aula.bff.assignments.FormFields;
import org.aula.bff.assignments.QuizFields;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.PageAsked;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;

/// What waits for a person to grade it.
public final class GradingFields implements Wiring.Part {

    @Override
    public void addTo(Wiring wiring) {
        wiring.type("Course", Course.class)
                .fetch("pendingResponses", (course, environment) -> pending(course.getId(), environment));
        wiring.type("PendingResponse", PendingResponse.class)
                .value("id", response -> GlobalId.of("Response", response.getResponseId()))
                .value("attemptId", response -> GlobalId.of("Attempt", response.getAttemptId()))
                .value("quizId", response -> GlobalId.of("Quiz", response.getQuizId()))
                .value("questionId", response -> GlobalId.of("Question", response.getQuestionId()))
                .fetch(
                        "learner",
                        (response, environment) -> Loader.USER_SUMMARIES.load(environment, response.getUserId()))
                .value("answer", response -> response.hasAnswer() ? response.getAnswer() : null)
                .value("maxPoints", PendingResponse::getMaxPoints)
                .value("questionText", PendingResponse::getQuestionText)
                .value("form", response -> FormFields.unwrap(response.getForm()))
                .value("submitTime", response -> Values.time(response.getSubmitTime()))
                .fetch(
                        "claimedBy",
                        (response, environment) -> response.getClaimedBy().isEmpty()
                                ? null
                                : Loader.USER_SUMMARIES.load(environment, response.getClaimedBy()))
                .value("claimedUntil", response -> Values.time(response.getClaimedUntil()));
        GradingMutations.addTo(wiring);
    }

    private static CompletableFuture<Map<String, Object>> pending(
            String courseId, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        var page = PageAsked.of(environment);
        var list = ListPendingResponsesRequest.newBuilder()
                .setCourseId(courseId)
                .setQuizId(Wiring.id(environment, "quizId", QuizFields.QUIZ))
                .setUnclaimedOnly(Wiring.<Boolean>required(environment, "unclaimedOnly"))
                .setPageSize(page.first())
                .setPageToken(page.token())
                .setWithItemTokens(true)
                .build();
        return request.answer(request.grading().listPendingResponses(list))
                .thenApply(found ->
                        page.connection(found.getResponsesList(), found.getItemTokensList(), found.getNextPageToken()));
    }
}
