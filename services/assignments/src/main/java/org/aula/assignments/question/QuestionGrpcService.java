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
import org.aula.kernel.postgres.Database;

/// `aula.assignments.v1.QuestionService`.
@Singleton
final class QuestionGrpcService extends QuestionServiceHandler {

    private static final String RESOURCE = "question";

    private final QuestionChange changes;
    private final QuestionRepository questions;
    private final Database database;
    private final Idempotency idempotency;
    private final Audit audit;

    QuestionGrpcService(
            QuestionChange changes,
            QuestionRepository questions,
            Database database,
            Idempotency idempotency,
            Audit audit) {
        this.changes = changes;
        this.questions = questions;
        this.database = database;
        this.idempotency = idempotency;
        this.audit = audit;
    }

    @Override
    protected CreateQuestionResponse createQuestion(CreateQuestionRequest request) {
        var question = QuestionMapper.create(request);
        database.query(() -> {
            changes.requireAuthor(question);
            return true;
        });
        return idempotency.run(request, CreateQuestionResponse.parser(), () -> {
            var message = QuestionMapper.toProto(changes.insert(question));
            audit.recordCreated(RESOURCE, question.id(), message);
            return CreateQuestionResponse.newBuilder().setQuestion(message).build();
        });
    }

    /// A change that leads nowhere new is not refused for its etag: most likely the first answer got lost.
    @Override
    protected UpdateQuestionResponse updateQuestion(UpdateQuestionRequest request) {
        var id = UUID.fromString(request.getQuestionId());
        var message = database.transact(() -> {
            var before = changes.lock(id);
            var after = QuestionMapper.update(before, request);
            if (after.equals(before)) {
                audit.nothing();
                return QuestionMapper.toProto(before);
            }
            Etags.require(request.getEtag(), before.version());
            questions.update(after);
            changes.changed(after);
            var changed = QuestionMapper.toProto(after);
            audit.record(RESOURCE, id, QuestionMapper.toProto(before), changed);
            return changed;
        });
        return UpdateQuestionResponse.newBuilder().setQuestion(message).build();
    }

    @Override
    protected DeleteQuestionResponse deleteQuestion(DeleteQuestionRequest request) {
        var id = UUID.fromString(request.getQuestionId());
        database.transact(() -> {
            var question = changes.lock(id);
            Etags.require(request.getEtag(), question.version());
            questions.delete(id);
            changes.changed(question);
            audit.recordDeleted(RESOURCE, id, QuestionMapper.toProto(question));
        });
        return DeleteQuestionResponse.getDefaultInstance();
    }
}
