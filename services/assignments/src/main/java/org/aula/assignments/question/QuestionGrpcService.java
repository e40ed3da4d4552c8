package org.aula.assignments.question;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.assignments.v1.CreateQuestionRequest;
import org.aula.api.assignments.v1.CreateQuestionResponse;
import org.aula.api.assignments.v1.DeleteQuestionRequest;
import org.aula.api.assignments.v1.DeleteQuestionResponse;
import org.aula.api.assignments.v1.GetQuestionRequest;
import org.aula.api.assignments.v1.GetQuestionResponse;
import org.aula.api.assignments.v1.QuestionServiceHandler;
import org.aula.api.assignments.v1.UpdateQuestionRequest;
import org.aula.api.assignments.v1.UpdateQuestionResponse;
import org.aula.kernel.idempotency.Idempotency;

/// `aula.assignments.v1.QuestionService`.
@Singleton
final class QuestionGrpcService extends QuestionServiceHandler {

    private final QuestionService questions;
    private final Idempotency idempotency;

    QuestionGrpcService(QuestionService questions, Idempotency idempotency) {
        this.questions = questions;
        this.idempotency = idempotency;
    }

    @Override
    protected CreateQuestionResponse createQuestion(CreateQuestionRequest request) {
        var question = QuestionMapper.create(request);
        questions.requireAuthor(question);
        return idempotency.run(
                request,
                CreateQuestionResponse.parser(),
                () -> CreateQuestionResponse.newBuilder()
                        .setQuestion(QuestionMapper.toProto(questions.create(question)))
                        .build());
    }

    @Override
    protected GetQuestionResponse getQuestion(GetQuestionRequest request) {
        var question = questions.find(UUID.fromString(request.getQuestionId()));
        return GetQuestionResponse.newBuilder()
                .setQuestion(QuestionMapper.toProto(question))
                .build();
    }

    @Override
    protected UpdateQuestionResponse updateQuestion(UpdateQuestionRequest request) {
        var question = questions.update(
                UUID.fromString(request.getQuestionId()),
                request.getEtag(),
                before -> QuestionMapper.update(before, request));
        return UpdateQuestionResponse.newBuilder()
                .setQuestion(QuestionMapper.toProto(question))
                .build();
    }

    @Override
    protected DeleteQuestionResponse deleteQuestion(DeleteQuestionRequest request) {
        questions.delete(UUID.fromString(request.getQuestionId()), request.getEtag());
        return DeleteQuestionResponse.getDefaultInstance();
    }
}
