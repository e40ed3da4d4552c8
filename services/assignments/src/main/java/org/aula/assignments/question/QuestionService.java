package org.aula.assignments.question;

import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.function.Supplier;
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

/// What authors do with the questions of their quizzes and banks. Those of one quiz or bank follow each
/// other: its row is locked until the end of the transaction, and what it counts of them is counted again.
@Singleton
final class QuestionService {

    private static final String RESOURCE = "question";
    private static final int MAX_PER_QUIZ = 200;
    private static final int MAX_PER_BANK = 500;

    private final QuestionRepository questions;
    private final QuizAccess quizzes;
    private final BankAccess banks;
    private final Database database;
    private final Audit audit;

    QuestionService(
            QuestionRepository questions, QuizAccess quizzes, BankAccess banks, Database database, Audit audit) {
        this.questions = questions;
        this.quizzes = quizzes;
        this.banks = banks;
        this.database = database;
        this.audit = audit;
    }

    /// Lets those pass who may add this question to its quiz or bank.
    ///
    /// @throws ServiceException NOT_FOUND with QUIZ_NOT_FOUND or BANK_NOT_FOUND
    void requireAuthor(Question question) {
        database.query(() -> question.quizId() != null
                ? quizzes.requireAuthor(question.quizId())
                : banks.requireAuthor(question.parentId()));
    }

    /// Adds a question at the end, in the caller's transaction.
    ///
    /// @return the question at its place
    /// @throws ServiceException also FAILED_PRECONDITION with TOO_MANY or TOO_LARGE
    Question create(Question question) {
        lockParent(question, question.quizId() != null ? QuizAccess::notFound : BankAccess::notFound);
        var most = question.quizId() != null ? MAX_PER_QUIZ : MAX_PER_BANK;
        if (questions.count(question) >= most) {
            throw Refusals.tooMany("there are " + most + " questions already", most);
        }
        var placed = question.quizId() == null ? question : question.at(quizzes.nextSortOrder(question.quizId()));
        questions.insert(placed);
        countAgain(placed);
        audit.recordCreated(RESOURCE, placed.id(), QuestionMapper.toProto(placed));
        return placed;
    }

    /// A question for the author of its quiz or bank.
    ///
    /// @throws ServiceException NOT_FOUND with QUESTION_NOT_FOUND
    Question find(UUID id) {
        return database.query(() -> {
            var question = questions.find(id).orElseThrow(QuestionService::notFound);
            if (question.quizId() != null) {
                quizzes.requireAuthor(question.quizId(), QuestionService::notFound);
            } else {
                banks.requireAuthor(question.parentId(), QuestionService::notFound);
            }
            return question;
        });
    }

    /// Changes a question. A change that leads nowhere new is not refused for its etag: most likely the
    /// first answer got lost.
    ///
    /// @param next gives the question as it shall be
    /// @throws ServiceException NOT_FOUND with QUESTION_NOT_FOUND, ABORTED with ETAG_MISMATCH
    Question update(UUID id, String etag, UnaryOperator<Question> next) {
        return database.transact(() -> {
            var before = lock(id);
            var change = new Change<>(before, next.apply(before));
            if (!change.isNone()) {
                Etags.require(etag, before.version());
                questions.update(change.after());
                countAgain(change.after());
            }
            audit.record(RESOURCE, id, change, QuestionMapper::toProto);
            return change.after();
        });
    }

    /// Deletes a question.
    ///
    /// @throws ServiceException NOT_FOUND with QUESTION_NOT_FOUND, ABORTED with ETAG_MISMATCH
    void delete(UUID id, String etag) {
        database.transact(() -> {
            var question = lock(id);
            Etags.require(etag, question.version());
            questions.delete(id);
            countAgain(question);
            audit.recordDeleted(RESOURCE, id, QuestionMapper.toProto(question));
        });
    }

    /// A question that the caller may change, with its quiz or bank locked.
    private Question lock(UUID id) {
        var found = questions.find(id).orElseThrow(QuestionService::notFound);
        lockParent(found, QuestionService::notFound);
        return questions.find(id).orElseThrow(QuestionService::notFound);
    }

    /// Has the quiz count its questions again; a bank counts when it is asked.
    private void countAgain(Question question) {
        if (question.quizId() != null) {
            quizzes.itemsChanged(question.quizId());
        }
    }

    private void lockParent(Question question, Supplier<ServiceException> hidden) {
        if (question.quizId() != null) {
            quizzes.lock(question.quizId(), hidden);
        } else {
            banks.lock(question.parentId(), hidden);
        }
    }

    private static ServiceException notFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_QUESTION_NOT_FOUND, "question not found");
    }
}
