package org.aula.assignments.draw;

import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.aula.api.assignments.v1.ErrorReason;
import org.aula.assignments.course.Refusals;
import org.aula.assignments.draft.BankAccess;
import org.aula.assignments.draft.QuizAccess;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.change.Change;
import org.aula.kernel.change.Etags;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Database;

/// What authors do with the draws of their quizzes. Those of one quiz follow each other: its row is locked
/// until the end of the transaction, and what it counts of them is counted again.
@Singleton
final class DrawService {

    private static final int MAX_DRAWS = 20;
    private static final String RESOURCE = "quiz_draw";

    private final DrawRepository draws;
    private final QuizAccess quizzes;
    private final BankAccess banks;
    private final Database database;
    private final Audit audit;

    DrawService(DrawRepository draws, QuizAccess quizzes, BankAccess banks, Database database, Audit audit) {
        this.draws = draws;
        this.quizzes = quizzes;
        this.banks = banks;
        this.database = database;
        this.audit = audit;
    }

    /// Lets those pass who may add a draw to a quiz.
    ///
    /// @throws ServiceException NOT_FOUND with QUIZ_NOT_FOUND
    void requireAuthor(UUID quizId) {
        database.query(() -> quizzes.requireAuthor(quizId));
    }

    /// Adds a draw at the end of its quiz, in the caller's transaction. The bank is locked too, so that it
    /// is not deleted meanwhile. Always the quiz first, then the bank.
    ///
    /// @return the draw at its place
    /// @throws ServiceException NOT_FOUND with QUIZ_NOT_FOUND or BANK_NOT_FOUND, FAILED_PRECONDITION with
    ///     TOO_MANY
    Draw create(Draw draw) {
        var quiz = quizzes.lock(draw.quizId(), QuizAccess::notFound);
        var bank = banks.lock(draw.bankId(), BankAccess::notFound);
        if (!bank.courseId().equals(quiz.courseId())) {
            throw BankAccess.notFound();
        }
        if (draws.count(quiz.id()) >= MAX_DRAWS) {
            throw Refusals.tooMany("a quiz has " + MAX_DRAWS + " draws at most", MAX_DRAWS);
        }
        var placed = draw.at(quizzes.nextSortOrder(quiz.id()));
        draws.insert(placed);
        quizzes.itemsChanged(quiz.id());
        audit.recordCreated(RESOURCE, placed.id(), DrawMapper.toProto(placed));
        return placed;
    }

    /// A draw for the author of its quiz.
    ///
    /// @throws ServiceException NOT_FOUND with DRAW_NOT_FOUND
    Draw find(UUID id) {
        return database.query(() -> {
            var draw = draws.find(id).orElseThrow(DrawService::notFound);
            quizzes.requireAuthor(draw.quizId(), DrawService::notFound);
            return draw;
        });
    }

    /// Changes a draw. A change that leads nowhere new is not refused for its etag: most likely the first
    /// answer got lost.
    ///
    /// @param next gives the draw as it shall be
    /// @throws ServiceException NOT_FOUND with DRAW_NOT_FOUND, ABORTED with ETAG_MISMATCH
    Draw update(UUID id, String etag, UnaryOperator<Draw> next) {
        return database.transact(() -> {
            var before = lock(id);
            var change = new Change<>(before, next.apply(before));
            if (!change.isNone()) {
                Etags.require(etag, before.version());
                draws.update(change.after());
                quizzes.itemsChanged(before.quizId());
            }
            audit.record(RESOURCE, id, change, DrawMapper::toProto);
            return change.after();
        });
    }

    /// Deletes a draw.
    ///
    /// @throws ServiceException NOT_FOUND with DRAW_NOT_FOUND, ABORTED with ETAG_MISMATCH
    void delete(UUID id, String etag) {
        database.transact(() -> {
            var draw = lock(id);
            Etags.require(etag, draw.version());
            draws.delete(id);
            quizzes.itemsChanged(draw.quizId());
            audit.recordDeleted(RESOURCE, id, DrawMapper.toProto(draw));
        });
    }

    private Draw lock(UUID id) {
        var found = draws.find(id).orElseThrow(DrawService::notFound);
        quizzes.lock(found.quizId(), DrawService::notFound);
        return draws.find(id).orElseThrow(DrawService::notFound);
    }

    private static ServiceException notFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_DRAW_NOT_FOUND, "draw not found");
    }
}
