package org.aula.bff.assignments;

import java.util.Map;
import org.aula.api.assignments.v1.CreateQuestionRequest;
import org.aula.api.assignments.v1.DeleteQuestionRequest;
import org.aula.api.assignments.v1.Difficulty;
import org.aula.api.assignments.v1.UpdateQuestionRequest;
import org.aula.bff.engine.Input;
import org.aula.bff.engine.Mutation;
import org.aula.bff.engine.Wiring;

/// Editing questions.
final class QuestionMutations {

    private QuestionMutations() {}

    static void addTo(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "createQuestion",
                CreateQuestionRequest.getDefaultInstance(),
                QuestionMutations::create,
                (request, message) -> request.questions().createQuestion(message),
                answer -> Map.of("question", answer.getQuestion())));
        wiring.mutation(new Mutation<>(
                "updateQuestion",
                UpdateQuestionRequest.getDefaultInstance(),
                QuestionMutations::update,
                (request, message) -> request.questions().updateQuestion(message),
                answer -> Map.of("question", answer.getQuestion())));
        wiring.mutation(new Mutation<>(
                "deleteQuestion",
                DeleteQuestionRequest.getDefaultInstance(),
                input -> DeleteQuestionRequest.newBuilder()
                        .setQuestionId(input.id("questionId", "Question"))
                        .setEtag(input.text("etag"))
                        .build(),
                (request, message) -> request.questions().deleteQuestion(message),
                answer -> Map.of()));
    }

    private static CreateQuestionRequest create(Input input) {
        var request = CreateQuestionRequest.newBuilder()
                .setRequestId(input.requestId())
                .setText(input.text("text"))
                .setPoints(input.number("points"))
                .setExplanation(input.text("explanation"))
                .addAllTags(input.texts("tags"))
                .setDifficulty(input.choice("difficulty", Difficulty.class));
        if (input.has("quizId")) {
            request.setQuizId(input.id("quizId", QuizFields.QUIZ));
        }
        if (input.has("bankId")) {
            request.setBankId(input.id("bankId", "QuestionBank"));
        }
        var form = input.child("form");
        if (form != null) {
            request.setForm(QuestionForms.read(form));
        }
        return request.build();
    }

    private static UpdateQuestionRequest update(Input input) {
        var request = UpdateQuestionRequest.newBuilder()
                .setQuestionId(input.id("questionId", "Question"))
                .setEtag(input.text("etag"))
                .setUpdateMask(input.mask("questionId", "etag"))
                .setText(input.text("text"))
                .setPoints(input.number("points"))
                .setExplanation(input.text("explanation"))
                .addAllTags(input.texts("tags"))
                .setDifficulty(input.choice("difficulty", Difficulty.class));
        var form = input.child("form");
        if (form != null) {
            request.setForm(QuestionForms.read(form));
        }
        return request.build();
    }
}
