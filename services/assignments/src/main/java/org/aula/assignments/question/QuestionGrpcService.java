package org.aula.assignments.question;

import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.assignments.v1.CreateQuestionRequest;
import org.aula.api.assignments.v1.CreateQuestionResponse;
import org.aula.api.assignments.v1.DeleteQuestionRequest;
import org.aula.api.assignments.v1.DeleteQuestionResponse;
import org.aula.api.assignments.v1.QuestionServiceGrpc;
import org.aula.api.assignments.v1.UpdateQuestionRequest;
import org.aula.api.assignments.v1.UpdateQuestionResponse;
import org.aula.assignments.course.Refusals;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.server.Replies;

/// `aula.assignments.v1.QuestionService`.
@Singleton
final class QuestionGrpcService extends QuestionServiceGrpc.QuestionServiceImplBase {

    private static final String RESOURCE = "question";

    private final QuestionChange changes;
    private final QuestionRepository questions;
    private final Transactions transactions;
    private final Idempotency idempotency;
    private final Audit audit;

    QuestionGrpcService(
            QuestionChange changes,
            QuestionRepository questions,
            Transactions transactions,
            Idempotency idempotency,
            Audit audit) {
        this.changes = changes;
        this.questions = questions;
        this.transactions = transactions;
        this.idempotency = idempotency;
        this.audit = audit;
    }

    @Override
    public void createQuestion(CreateQuestionRequest request, StreamObserver<CreateQuestionResponse> observer) {
        var question = QuestionMapper.create(request);
        transactions.read(handle -> {
            changes.requireAuthor(handle, question);
            return true;
        });
        var response = idempotency.run(request, CreateQuestionResponse.parser(), handle -> {
            var message = QuestionMapper.toProto(changes.insert(handle, question));
            audit.record(handle, RESOURCE, question.id(), null, message);
            return CreateQuestionResponse.newBuilder().setQuestion(message).build();
        });
        Replies.send(observer, response);
    }

    /// A change that leads nowhere new is not refused for its etag: most likely the first answer got lost.
    @Override
    public void updateQuestion(UpdateQuestionRequest request, StreamObserver<UpdateQuestionResponse> observer) {
        var id = UUID.fromString(request.getQuestionId());
        var message = transactions.write(handle -> {
            var before = changes.lock(handle, id);
            var after = QuestionMapper.update(before, request);
            if (after.equals(before)) {
                audit.nothing();
                return QuestionMapper.toProto(before);
            }
            Refusals.requireEtag(request.getEtag(), before.version());
            questions.update(handle, after);
            changes.changed(handle, after);
            var changed = QuestionMapper.toProto(after);
            audit.record(handle, RESOURCE, id, QuestionMapper.toProto(before), changed);
            return changed;
        });
        Replies.send(
                observer,
                UpdateQuestionResponse.newBuilder().setQuestion(message).build());
    }

    @Override
    public void deleteQuestion(DeleteQuestionRequest request, StreamObserver<DeleteQuestionResponse> observer) {
        var id = UUID.fromString(request.getQuestionId());
        transactions.writeVoid(handle -> {
            var question = changes.lock(handle, id);
            Refusals.requireEtag(request.getEtag(), question.version());
            questions.delete(handle, id);
            changes.changed(handle, question);
            audit.record(handle, RESOURCE, id, QuestionMapper.toProto(question), null);
        });
        Replies.send(observer, DeleteQuestionResponse.getDefaultInstance());
    }
}
