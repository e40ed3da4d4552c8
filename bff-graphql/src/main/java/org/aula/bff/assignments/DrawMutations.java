package org.aula.bff.assignments;

import java.util.Map;
import org.aula.api.assignments.v1.CreateDrawRequest;
import org.aula.api.assignments.v1.DeleteDrawRequest;
import org.aula.api.assignments.v1.Difficulty;
import org.aula.api.assignments.v1.UpdateDrawRequest;
import org.aula.bff.engine.Mutation;
import org.aula.bff.engine.Wiring;

/// What quizzes draw from banks.
final class DrawMutations {

    private DrawMutations() {}

    static void addTo(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "createDraw",
                CreateDrawRequest.getDefaultInstance(),
                input -> CreateDrawRequest.newBuilder()
                        .setRequestId(input.requestId())
                        .setQuizId(input.id("quizId", QuizFields.QUIZ))
                        .setBankId(input.id("bankId", "QuestionBank"))
                        .setCount(input.number("count"))
                        .setPointsEach(input.number("pointsEach"))
                        .addAllTags(input.texts("tags"))
                        .setDifficulty(input.choice("difficulty", Difficulty.class))
                        .build(),
                (request, message) -> request.draws().createDraw(message),
                answer -> Map.of("draw", answer.getDraw())));
        wiring.mutation(new Mutation<>(
                "updateDraw",
                UpdateDrawRequest.getDefaultInstance(),
                input -> UpdateDrawRequest.newBuilder()
                        .setDrawId(input.id("drawId", "QuizDraw"))
                        .setEtag(input.text("etag"))
                        .setUpdateMask(input.mask("drawId", "etag"))
                        .setCount(input.number("count"))
                        .setPointsEach(input.number("pointsEach"))
                        .addAllTags(input.texts("tags"))
                        .setDifficulty(input.choice("difficulty", Difficulty.class))
                        .build(),
                (request, message) -> request.draws().updateDraw(message),
                answer -> Map.of("draw", answer.getDraw())));
        wiring.mutation(new Mutation<>(
                "deleteDraw",
                DeleteDrawRequest.getDefaultInstance(),
                input -> DeleteDrawRequest.newBuilder()
                        .setDrawId(input.id("drawId", "QuizDraw"))
                        .setEtag(input.text("etag"))
                        .build(),
                (request, message) -> request.draws().deleteDraw(message),
                answer -> Map.of()));
    }
}
