package org.aula.bff.grades;

import java.util.Map;
import org.aula.api.grades.v1.ClaimResponseRequest;
import org.aula.api.grades.v1.ClaimResponseResponse;
import org.aula.api.grades.v1.GradeResponseRequest;
import org.aula.api.grades.v1.RegradeQuizRequest;
import org.aula.api.grades.v1.ReleaseResponseRequest;
import org.aula.api.grades.v1.SetAttemptFeedbackRequest;
import org.aula.bff.assignments.QuizFields;
import org.aula.bff.engine.Mutation;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;

/// Grading by hand, and once more.
final class GradingMutations {

    private GradingMutations() {}

    static void addTo(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "claimResponse",
                ClaimResponseRequest.getDefaultInstance(),
                input -> ClaimResponseRequest.newBuilder()
                        .setResponseId(input.id("responseId", "Response"))
                        .build(),
                (request, message) -> request.grading().claimResponse(message),
                answer -> until(answer)));
        wiring.mutation(new Mutation<>(
                "releaseResponse",
                ReleaseResponseRequest.getDefaultInstance(),
                input -> ReleaseResponseRequest.newBuilder()
                        .setResponseId(input.id("responseId", "Response"))
                        .build(),
                (request, message) -> request.grading().releaseResponse(message),
                answer -> Map.of()));
        wiring.mutation(new Mutation<>(
                "gradeResponse",
                GradeResponseRequest.getDefaultInstance(),
                input -> GradeResponseRequest.newBuilder()
                        .setResponseId(input.id("responseId", "Response"))
                        .setPoints(input.fraction("points"))
                        .setFeedback(input.text("feedback"))
                        .build(),
                (request, message) -> request.grading().gradeResponse(message),
                answer -> Map.of("attempt", AttemptView.withoutQuestions(answer.getAttempt()))));
        wiring.mutation(new Mutation<>(
                "setAttemptFeedback",
                SetAttemptFeedbackRequest.getDefaultInstance(),
                input -> SetAttemptFeedbackRequest.newBuilder()
                        .setAttemptId(input.id("attemptId", AttemptFields.ATTEMPT))
                        .setFeedback(input.text("feedback"))
                        .build(),
                (request, message) -> request.grading().setAttemptFeedback(message),
                answer -> Map.of("attempt", AttemptView.withoutQuestions(answer.getAttempt()))));
        wiring.mutation(new Mutation<>(
                "regradeQuiz",
                RegradeQuizRequest.getDefaultInstance(),
                input -> RegradeQuizRequest.newBuilder()
                        .setRequestId(input.requestId())
                        .setQuizId(input.id("quizId", QuizFields.QUIZ))
                        .build(),
                (request, message) -> request.grading().regradeQuiz(message),
                answer -> Map.of("operation", answer.getOperation())));
    }

    private static Map<String, Object> until(ClaimResponseResponse answer) {
        var until = Values.time(answer.getClaimedUntil());
        return until == null ? Map.of() : Map.of("claimedUntil", until);
    }
}
