package org.aula.assignments.draw;

import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.assignments.v1.CreateDrawRequest;
import org.aula.api.assignments.v1.CreateDrawResponse;
import org.aula.api.assignments.v1.DeleteDrawRequest;
import org.aula.api.assignments.v1.DeleteDrawResponse;
import org.aula.api.assignments.v1.DrawServiceGrpc;
import org.aula.api.assignments.v1.ErrorReason;
import org.aula.api.assignments.v1.UpdateDrawRequest;
import org.aula.api.assignments.v1.UpdateDrawResponse;
import org.aula.assignments.course.Refusals;
import org.aula.assignments.draft.BankAccess;
import org.aula.assignments.draft.QuizAccess;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.server.Replies;
import org.jdbi.v3.core.Handle;

/// `aula.assignments.v1.DrawService`.
@Singleton
final class DrawGrpcService extends DrawServiceGrpc.DrawServiceImplBase {

    private static final int MAX_DRAWS = 20;
    private static final String RESOURCE = "quiz_draw";

    private final DrawRepository draws;
    private final QuizAccess quizzes;
    private final BankAccess banks;
    private final Transactions transactions;
    private final Idempotency idempotency;
    private final Audit audit;

    DrawGrpcService(
            DrawRepository draws,
            QuizAccess quizzes,
            BankAccess banks,
            Transactions transactions,
            Idempotency idempotency,
            Audit audit) {
        this.draws = draws;
        this.quizzes = quizzes;
        this.banks = banks;
        this.transactions = transactions;
        this.idempotency = idempotency;
        this.audit = audit;
    }

    @Override
    public void createDraw(CreateDrawRequest request, StreamObserver<CreateDrawResponse> observer) {
        transactions.read(handle -> quizzes.requireAuthor(handle, UUID.fromString(request.getQuizId())));
        var response = idempotency.run(request, CreateDrawResponse.parser(), handle -> {
            var draw = insert(handle, DrawMapper.create(request));
            var message = DrawMapper.toProto(draw);
            audit.record(handle, RESOURCE, draw.id(), null, message);
            return CreateDrawResponse.newBuilder().setDraw(message).build();
        });
        Replies.send(observer, response);
    }

    /// A change that leads nowhere new is not refused for its etag: most likely the first answer got lost.
    @Override
    public void updateDraw(UpdateDrawRequest request, StreamObserver<UpdateDrawResponse> observer) {
        var id = UUID.fromString(request.getDrawId());
        var draw = transactions.write(handle -> {
            var before = lock(handle, id);
            var after = DrawMapper.update(before, request);
            if (after.equals(before)) {
                audit.nothing();
                return before;
            }
            Refusals.requireEtag(request.getEtag(), before.version());
            draws.update(handle, after);
            quizzes.itemsChanged(handle, after.quizId());
            audit.record(handle, RESOURCE, id, DrawMapper.toProto(before), DrawMapper.toProto(after));
            return after;
        });
        Replies.send(
                observer,
                UpdateDrawResponse.newBuilder()
                        .setDraw(DrawMapper.toProto(draw))
                        .build());
    }

    @Override
    public void deleteDraw(DeleteDrawRequest request, StreamObserver<DeleteDrawResponse> observer) {
        var id = UUID.fromString(request.getDrawId());
        transactions.writeVoid(handle -> {
            var draw = lock(handle, id);
            Refusals.requireEtag(request.getEtag(), draw.version());
            draws.delete(handle, id);
            quizzes.itemsChanged(handle, draw.quizId());
            audit.record(handle, RESOURCE, id, DrawMapper.toProto(draw), null);
        });
        Replies.send(observer, DeleteDrawResponse.getDefaultInstance());
    }

    /// The bank is locked too, so that it is not deleted meanwhile. Always the quiz first, then the bank.
    private Draw insert(Handle handle, Draw draw) {
        var quiz = quizzes.lock(handle, draw.quizId(), QuizAccess::notFound);
        var bank = banks.lock(handle, draw.bankId(), BankAccess::notFound);
        if (!bank.courseId().equals(quiz.courseId())) {
            throw BankAccess.notFound();
        }
        if (draws.count(handle, quiz.id()) >= MAX_DRAWS) {
            throw Refusals.tooMany("a quiz has " + MAX_DRAWS + " draws at most", MAX_DRAWS);
        }
        var placed = draw.at(quizzes.nextPlace(handle, quiz.id()));
        draws.insert(handle, placed);
        quizzes.itemsChanged(handle, quiz.id());
        return placed;
    }

    private Draw lock(Handle handle, UUID id) {
        var found = draws.find(handle, id).orElseThrow(DrawGrpcService::notFound);
        quizzes.lock(handle, found.quizId(), DrawGrpcService::notFound);
        return draws.find(handle, id).orElseThrow(DrawGrpcService::notFound);
    }

    private static ServiceException notFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_DRAW_NOT_FOUND, "there is no such draw");
    }
}
