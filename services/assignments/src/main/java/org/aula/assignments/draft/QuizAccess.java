package org.aula.assignments.draft;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import org.aula.api.assignments.v1.ErrorReason;
import org.aula.assignments.course.Refusals;
import org.aula.courseaccess.CourseGuard;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.time.Times;

/// Quizzes for who may work on them: the course's author. From others they are hidden.
@Singleton
public final class QuizAccess {

    /// Of all questions of a quiz: so that it fits into a message together with them.
    private static final long MAX_BYTES = 2 * 1024 * 1024;

    private final QuizRepository quizzes;
    private final CourseGuard guard;
    private final Clock clock;

    QuizAccess(QuizRepository quizzes, CourseGuard guard, Clock clock) {
        this.quizzes = quizzes;
        this.guard = guard;
        this.clock = clock;
    }

    /// @throws ServiceException NOT_FOUND with QUIZ_NOT_FOUND
    public Quiz requireAuthor(UUID id) {
        return requireAuthor(id, QuizAccess::notFound);
    }

    /// @param hidden what is told when it does not exist for the caller
    public Quiz requireAuthor(UUID id, Supplier<ServiceException> hidden) {
        var quiz = quizzes.find(id).orElseThrow(hidden);
        guard.requireTeacherElseHide(quiz.courseId(), hidden);
        return quiz;
    }

    /// The same, and nobody else changes the quiz, its questions or draws until the end of the transaction.
    ///
    /// @param hidden what is told when it does not exist for the caller
    public Quiz lock(UUID id, Supplier<ServiceException> hidden) {
        requireAuthor(id, hidden);
        return quizzes.lock(id).orElseThrow(hidden);
    }

    /// The place behind the last question or draw.
    public int nextSortOrder(UUID id) {
        return quizzes.nextSortOrder(id);
    }

    /// Counts again what a quiz has, after its questions or draws were changed.
    ///
    /// @throws ServiceException FAILED_PRECONDITION with TOO_LARGE
    public void itemsChanged(UUID id) {
        requireNotTooLarge(quizzes.recount(id, Times.now(clock)));
    }

    /// @param bytes of all questions of a quiz
    /// @throws ServiceException FAILED_PRECONDITION with TOO_LARGE
    public static void requireNotTooLarge(long bytes) {
        if (bytes > MAX_BYTES) {
            throw Refusals.tooLarge("the questions of a quiz have 2 MiB at most", bytes, MAX_BYTES);
        }
    }

    /// NOT_FOUND with QUIZ_NOT_FOUND.
    public static ServiceException notFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_QUIZ_NOT_FOUND, "quiz not found");
    }
}
