package org.aula.assignments.question;

import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.function.Supplier;
import org.aula.api.assignments.v1.ErrorReason;
import org.aula.assignments.course.Refusals;
import org.aula.assignments.draft.BankAccess;
import org.aula.assignments.draft.QuizAccess;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.jdbi.v3.core.Handle;

/// Changes of questions. Those of one quiz or bank follow each other: its row is locked until the end of
/// the transaction, and what it counts of them is counted again.
@Singleton
final class QuestionChange {

    private static final int MAX_PER_QUIZ = 200;
    private static final int MAX_PER_BANK = 500;

    private final QuestionRepository questions;
    private final QuizAccess quizzes;
    private final BankAccess banks;

    QuestionChange(QuestionRepository questions, QuizAccess quizzes, BankAccess banks) {
        this.questions = questions;
        this.quizzes = quizzes;
        this.banks = banks;
    }

    /// Lets those pass who may add this question to its quiz or bank.
    ///
    /// @throws ServiceException NOT_FOUND with QUIZ_NOT_FOUND or BANK_NOT_FOUND
    void requireAuthor(Handle handle, Question question) {
        if (question.quizId() != null) {
            quizzes.requireAuthor(handle, question.quizId());
        } else {
            banks.requireAuthor(handle, question.parentId());
        }
    }

    /// Adds a question at the end.
    ///
    /// @return the question at its place
    /// @throws ServiceException also FAILED_PRECONDITION with TOO_MANY or TOO_LARGE
    Question insert(Handle handle, Question question) {
        lockParent(handle, question, question.quizId() != null ? QuizAccess::notFound : BankAccess::notFound);
        var most = question.quizId() != null ? MAX_PER_QUIZ : MAX_PER_BANK;
        if (questions.count(handle, question) >= most) {
            throw Refusals.tooMany("there are " + most + " questions already", most);
        }
        var placed = question.quizId() == null ? question : question.at(quizzes.nextPlace(handle, question.quizId()));
        questions.insert(handle, placed);
        changed(handle, placed);
        return placed;
    }

    /// A question that the caller may change, with its quiz or bank locked.
    ///
    /// @throws ServiceException NOT_FOUND with QUESTION_NOT_FOUND
    Question lock(Handle handle, UUID id) {
        var found = questions.find(handle, id).orElseThrow(QuestionChange::notFound);
        lockParent(handle, found, QuestionChange::notFound);
        return questions.find(handle, id).orElseThrow(QuestionChange::notFound);
    }

    /// Has the quiz count its questions again; a bank counts when it is asked.
    void changed(Handle handle, Question question) {
        if (question.quizId() != null) {
            quizzes.itemsChanged(handle, question.quizId());
        }
    }

    private void lockParent(Handle handle, Question question, Supplier<ServiceException> hidden) {
        if (question.quizId() != null) {
            quizzes.lock(handle, question.quizId(), hidden);
        } else {
            banks.lock(handle, question.parentId(), hidden);
        }
    }

    private static ServiceException notFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_QUESTION_NOT_FOUND, "there is no such question");
    }
}
