package org.aula.bff.assignments;

import java.util.Map;
import org.aula.api.assignments.v1.CreateQuestionBankRequest;
import org.aula.api.assignments.v1.DeleteQuestionBankRequest;
import org.aula.api.assignments.v1.UpdateQuestionBankRequest;
import org.aula.bff.engine.Mutation;
import org.aula.bff.engine.Wiring;

/// Making and changing banks of questions.
final class QuestionBankMutations {

    private QuestionBankMutations() {}

    static void addTo(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "createQuestionBank",
                CreateQuestionBankRequest.getDefaultInstance(),
                input -> CreateQuestionBankRequest.newBuilder()
                        .setRequestId(input.requestId())
                        .setCourseId(input.id("courseId", "Course"))
                        .setTitle(input.text("title"))
                        .setDescription(input.text("description"))
                        .build(),
                (request, message) -> request.questionBanks().createQuestionBank(message),
                answer -> Map.of("bank", answer.getBank())));
        wiring.mutation(new Mutation<>(
                "updateQuestionBank",
                UpdateQuestionBankRequest.getDefaultInstance(),
                input -> UpdateQuestionBankRequest.newBuilder()
                        .setBankId(input.id("bankId", "QuestionBank"))
                        .setEtag(input.text("etag"))
                        .setUpdateMask(input.mask("bankId", "etag"))
                        .setTitle(input.text("title"))
                        .setDescription(input.text("description"))
                        .build(),
                (request, message) -> request.questionBanks().updateQuestionBank(message),
                answer -> Map.of("bank", answer.getBank())));
        wiring.mutation(new Mutation<>(
                "deleteQuestionBank",
                DeleteQuestionBankRequest.getDefaultInstance(),
                input -> DeleteQuestionBankRequest.newBuilder()
                        .setBankId(input.id("bankId", "QuestionBank"))
                        .setEtag(input.text("etag"))
                        .build(),
                (request, message) -> request.questionBanks().deleteQuestionBank(message),
                answer -> Map.of()));
    }
}
