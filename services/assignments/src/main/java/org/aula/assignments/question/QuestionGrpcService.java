package org.aula.assignments.question;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.assignments.v1.CreateQuestionRequest;
import org.aula.api.assignments.v1.CreateQuestionResponse;
import org.aula.api.assignments.v1.DeleteQuestionRequest;
import org.aula.api.assignments.v1.DeleteQuestionResponse;
import org.aula.api.assignments.v1.QuestionServiceHandler;
import org.aula.api.assignments.v1.UpdateQuestionRequest;
import org.aula.api.assignments.v1.UpdateQuestionResponse;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.change.Etags;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.postgres.Transactions;

/// `aula.assignments.v1.QuestionService`.
@Singleton
final class QuestionGrpcService extends QuestionServiceHandler {

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
    protected CreateQuestionResponse createQuestion(CreateQuestionRequest request) {
        var question = QuestionMapper.create(request);
        transactions.read(handle -> {
            changes.requireAuthor(handle, question);
            return true;
        });
        return idempotency.run(request, CreateQuestionResponse.parser(), handle -> {
            var message = QuestionMapper.toProto(changes.insert(handle, question));
            audit.recordCreated(handle, RESOURCE, question.id(), message);
            return CreateQuestionResponse.newBuilder().setQuestion(message).build();
        });
    }

    /// A change that leads nowhere new is not refused for its etag: most likely the first answer got lost.
    @Override
    protected UpdateQuestionResponse updateQuestion(UpdateQuestionRequest request) {
        var id = UUID.fromString(request.getQuestionId());
        var message = transactions.write(handle -> {
            var before = changes.lock(handle, id);
            var after = QuestionMapper.update(before, request);
            if (after.equals(before)) {
                audit.nothing();
                return QuestionMapper.toProto(before);
            }
            Etags.require(request.getEtag(), before.version());
            questions.update(handle, after);
            changes.changed(handle, after);
            var changed = QuestionMapper.toProto(after);
            audit.record(handle, RESOURCE, id, QuestionMapper.toProto(before), changed);
            return changed;
        });
        return UpdateQuestionResponse.newBuilder().setQuestion(message).build();
    }

    @Override
    protected DeleteQuestionResponse deleteQuestion(DeleteQuestionRequest request) {
        var id = UUID.fromString(request.getQuestionId());
        transactions.writeVoid(handle -> {
            var question = changes.lock(handle, id);
            Etags.require(request.getEtag(), question.version());
            questions.delete(handle, id);
            changes.changed(handle, question);
            audit.recordDeleted(handle, RESOURCE, id, QuestionMapper.toProto(question));
        });
        return DeleteQuestionResponse.getDefaultInstance();
    }
}
