package org.aula.assignments.bank;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import org.aula.api.assignments.v1.ErrorReason;
import org.aula.assignments.course.CourseErrors;
import org.aula.assignments.course.CourseRepository;
import org.aula.assignments.course.Refusals;
import org.aula.assignments.draft.Bank;
import org.aula.assignments.draft.BankAccess;
import org.aula.assignments.draft.BankRepository;
import org.aula.assignments.question.Question;
import org.aula.assignments.question.QuestionRepository;
import org.aula.courseaccess.CourseGuard;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.change.Change;
import org.aula.kernel.change.Etags;
import org.aula.kernel.error.Errors;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.time.Times;
import org.jspecify.annotations.Nullable;

/// What authors do with the banks of their courses.
@Singleton
final class BankService {

    private static final int MAX_BANKS = 100;
    private static final String RESOURCE = "question_bank";

    private final BankRepository banks;
    private final BankAccess access;
    private final CourseRepository courses;
    private final CourseGuard guard;
    private final QuestionRepository questions;
    private final Database database;
    private final Audit audit;
    private final Clock clock;

    BankService(
            BankRepository banks,
            BankAccess access,
            CourseRepository courses,
            CourseGuard guard,
            QuestionRepository questions,
            Database database,
            Audit audit,
            Clock clock) {
        this.banks = banks;
        this.access = access;
        this.courses = courses;
        this.guard = guard;
        this.questions = questions;
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /// Lets those pass who may add a bank to a course.
    ///
    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with COURSE_NOT_FOUND, PERMISSION_DENIED
    ///     with NOT_OWNER
    void requireAuthor(UUID courseId) {
        database.query(() -> {
            guard.requireTeacher(courseId, CourseErrors::notFound);
            return true;
        });
    }

    /// Adds a bank, in the caller's transaction.
    ///
    /// @throws org.aula.kernel.error.ServiceException FAILED_PRECONDITION with TOO_MANY, INVALID_ARGUMENT
    ///     for a title of spaces
    Bank create(UUID courseId, String title, String description) {
        courses.lockLimits(courseId);
        if (banks.count(courseId) >= MAX_BANKS) {
            throw Refusals.tooMany("a course has " + MAX_BANKS + " banks at most", MAX_BANKS);
        }
        Refusals.requireText("title", title);
        var bank = Bank.created(UuidCreator.getTimeOrderedEpoch(), courseId, title, description, Times.now(clock));
        banks.insert(bank);
        audit.recordCreated(RESOURCE, bank.id(), BankMapper.toProto(bank));
        return bank;
    }

    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with BANK_NOT_FOUND
    Bank get(UUID id) {
        return database.query(() -> access.requireAuthor(id));
    }

    /// A course's banks, the oldest first.
    ///
    /// @param after the last one that was read; null for the first page
    /// @throws org.aula.kernel.error.ServiceException as [#requireAuthor]
    List<Bank> list(UUID courseId, @Nullable UUID after, int limit) {
        return database.query(() -> {
            guard.requireTeacher(courseId, CourseErrors::notFound);
            return banks.list(courseId, after, limit);
        });
    }

    /// Questions of a bank, the oldest first.
    ///
    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with BANK_NOT_FOUND
    List<Question> listQuestions(QuestionRepository.BankQuery query) {
        return database.query(() -> {
            access.requireAuthor(query.bankId());
            return questions.list(query);
        });
    }

    /// Changes a bank. A change that leads nowhere new is not refused for its etag: most likely the first
    /// answer got lost.
    ///
    /// @param next gives the bank as it shall be, at a time
    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with BANK_NOT_FOUND, ABORTED with
    ///     ETAG_MISMATCH
    Bank update(UUID id, String etag, BiFunction<Bank, Instant, Bank> next) {
        return database.transact(() -> {
            var before = access.lock(id, BankAccess::notFound);
            var change = new Change<>(before, next.apply(before, Times.now(clock)));
            if (!change.isNone()) {
                Etags.require(etag, before.version());
                banks.update(change.after());
            }
            audit.record(RESOURCE, id, change, BankMapper::toProto);
            return change.after();
        });
    }

    /// Deletes a bank with its questions.
    ///
    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with BANK_NOT_FOUND, ABORTED with
    ///     ETAG_MISMATCH, FAILED_PRECONDITION with BANK_IN_USE
    void delete(UUID id, String etag) {
        database.transact(() -> {
            var bank = access.lock(id, BankAccess::notFound);
            Etags.require(etag, bank.version());
            requireUnused(id);
            banks.delete(id);
            audit.recordDeleted(RESOURCE, id, BankMapper.toProto(bank));
        });
    }

    private void requireUnused(UUID bankId) {
        var quizzes = banks.quizzesOf(bankId);
        if (quizzes > 0) {
            throw Errors.failedPrecondition(
                    ErrorReason.ERROR_REASON_BANK_IN_USE,
                    "quizzes draw from this bank",
                    Map.of("quizzes", Integer.toString(quizzes)));
        }
    }
}
