package org.aula.assignments.draw;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.assignments.v1.CreateDrawRequest;
import org.aula.api.assignments.v1.CreateDrawResponse;
import org.aula.api.assignments.v1.DeleteDrawRequest;
import org.aula.api.assignments.v1.DeleteDrawResponse;
import org.aula.api.assignments.v1.DrawServiceHandler;
import org.aula.api.assignments.v1.ErrorReason;
import org.aula.api.assignments.v1.UpdateDrawRequest;
import org.aula.api.assignments.v1.UpdateDrawResponse;
import org.aula.assignments.course.Refusals;
import org.aula.assignments.draft.BankAccess;
import org.aula.assignments.draft.QuizAccess;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.change.Etags;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.postgres.Database;

/// `aula.assignments.v1.DrawService`.
@Singleton
final class DrawGrpcService extends DrawServiceHandler {

    private static final int MAX_DRAWS = 20;
    private static final String RESOURCE = "quiz_draw";

    private final DrawRepository draws;
    private final QuizAccess quizzes;
    private final BankAccess banks;
    private final Database database;
    private final Idempotency idempotency;
    private final Audit audit;

    DrawGrpcService(
            DrawRepository draws,
            QuizAccess quizzes,
            BankAccess banks,
            Database database,
            Idempotency idempotency,
            Audit audit) {
        this.draws = draws;
        this.quizzes = quizzes;
        this.banks = banks;
        this.database = database;
        this.idempotency = idempotency;
        this.audit = audit;
    }

    @Override
    protected CreateDrawResponse createDraw(CreateDrawRequest request) {
        database.query(() -> quizzes.requireAuthor(UUID.fromString(request.getQuizId())));
        return idempotency.run(request, CreateDrawResponse.parser(), () -> {
            var draw = insert(DrawMapper.create(request));
            var message = DrawMapper.toProto(draw);
            audit.recordCreated(RESOURCE, draw.id(), message);
            return CreateDrawResponse.newBuilder().setDraw(message).build();
        });
    }

    /// A change that leads nowhere new is not refused for its etag: most likely the first answer got lost.
    @Override
    protected UpdateDrawResponse updateDraw(UpdateDrawRequest request) {
        var id = UUID.fromString(request.getDrawId());
        var draw = database.transact(() -> {
            var before = lock(id);
            var after = DrawMapper.update(before, request);
            if (after.equals(before)) {
                audit.nothing();
                return before;
            }
            Etags.require(request.getEtag(), before.version());
            draws.update(after);
            quizzes.itemsChanged(after.quizId());
            audit.record(RESOURCE, id, DrawMapper.toProto(before), DrawMapper.toProto(after));
            return after;
        });
        return UpdateDrawResponse.newBuilder().setDraw(DrawMapper.toProto(draw)).build();
    }

    @Override
    protected DeleteDrawResponse deleteDraw(DeleteDrawRequest request) {
        var id = UUID.fromString(request.getDrawId());
        database.transact(() -> {
            var draw = lock(id);
            Etags.require(request.getEtag(), draw.version());
            draws.delete(id);
            quizzes.itemsChanged(draw.quizId());
            audit.recordDeleted(RESOURCE, id, DrawMapper.toProto(draw));
        });
        return DeleteDrawResponse.getDefaultInstance();
    }

    /// The bank is locked too, so that it is not deleted meanwhile. Always the quiz first, then the bank.
    private Draw insert(Draw draw) {
        var quiz = quizzes.lock(draw.quizId(), QuizAccess::notFound);
        var bank = banks.lock(draw.bankId(), BankAccess::notFound);
        if (!bank.courseId().equals(quiz.courseId())) {
            throw BankAccess.notFound();
        }
        if (draws.count(quiz.id()) >= MAX_DRAWS) {
            throw Refusals.tooMany("a quiz has " + MAX_DRAWS + " draws at most", MAX_DRAWS);
        }
        var placed = draw.at(quizzes.nextPlace(quiz.id()));
        draws.insert(placed);
        quizzes.itemsChanged(quiz.id());
        return placed;
    }

    private Draw lock(UUID id) {
        var found = draws.find(id).orElseThrow(DrawGrpcService::notFound);
        quizzes.lock(found.quizId(), DrawGrpcService::notFound);
        return draws.find(id).orElseThrow(DrawGrpcService::notFound);
    }

    private static ServiceException notFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_DRAW_NOT_FOUND, "draw not found");
    }
}
