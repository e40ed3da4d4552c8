package org.aula.assignments.quiz;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.aula.assignments.course.CourseAccess;
import org.aula.assignments.course.CourseRepository;
import org.aula.assignments.course.Refusals;
import org.aula.assignments.draft.Quiz;
import org.aula.assignments.draft.QuizAccess;
import org.aula.assignments.draft.QuizRepository;
import org.aula.assignments.quiz.QuizContents.Whole;
import org.jdbi.v3.core.Handle;

/// Changes of a quiz that the caller may work on, each in the transaction that it is given. A change that
/// leads nowhere new is not refused for its etag: most likely the first answer got lost.
///
/// Every method throws [org.aula.kernel.error.ServiceException]: NOT_FOUND with QUIZ_NOT_FOUND, ABORTED
/// with ETAG_MISMATCH, and what the rule in [Quiz] throws.
@Singleton
final class QuizChange {

    static final int MAX_QUIZZES = 500;
    static final String LESSON_TYPE = "QUIZ";

    /// What was, and what is.
    record Change(Quiz before, Quiz after) {
        boolean isNothing() {
            return after.equals(before);
        }
    }

    /// A change of the quiz with this id.
    @FunctionalInterface
    interface Rule {
        Change apply(Handle handle, UUID id);
    }

    private final QuizRepository quizzes;
    private final QuizAccess access;
    private final QuizContents contents;
    private final QuizPublication publication;
    private final CourseRepository courses;
    private final CourseAccess courseAccess;

    QuizChange(
            QuizRepository quizzes,
            QuizAccess access,
            QuizContents contents,
            QuizPublication publication,
            CourseRepository courses,
            CourseAccess courseAccess) {
        this.quizzes = quizzes;
        this.access = access;
        this.contents = contents;
        this.publication = publication;
        this.courses = courses;
        this.courseAccess = courseAccess;
    }

    /// @throws org.aula.kernel.error.ServiceException INVALID_ARGUMENT with LESSON_UNSUITABLE,
    ///     FAILED_PRECONDITION
    ///     with TOO_MANY
    void insert(Handle handle, Quiz quiz) {
        courses.lockLimits(handle, quiz.courseId());
        courseAccess.requireLesson(handle, quiz.courseId(), quiz.lessonId(), LESSON_TYPE);
        if (quizzes.count(handle, quiz.courseId()) >= MAX_QUIZZES) {
            throw Refusals.tooMany("a course has " + MAX_QUIZZES + " quizzes at most", MAX_QUIZZES);
        }
        quizzes.insert(handle, quiz);
    }

    /// @throws org.aula.kernel.error.ServiceException also INVALID_ARGUMENT with LESSON_UNSUITABLE
    Change edit(Handle handle, UUID id, String etag, UnaryOperator<Quiz> edit) {
        var before = access.lock(handle, id, QuizAccess::notFound);
        var after = edit.apply(before);
        var lessonId = after.lessonId();
        if (lessonId != null && !lessonId.equals(before.lessonId())) {
            courseAccess.requireLesson(handle, after.courseId(), lessonId, LESSON_TYPE);
        }
        return update(handle, before, after, etag);
    }

    Change publish(Handle handle, UUID id, String etag) {
        var before = access.lock(handle, id, QuizAccess::notFound);
        return new Change(before, publication.publish(handle, before, etag));
    }

    Change withdraw(Handle handle, UUID id, String etag) {
        var before = access.lock(handle, id, QuizAccess::notFound);
        return update(handle, before, before.withdrawn(), etag);
    }

    /// @return the quiz that was deleted
    Quiz delete(Handle handle, UUID id, String etag) {
        var quiz = access.lock(handle, id, QuizAccess::notFound);
        quiz.requireDeletable();
        Refusals.requireEtag(etag, quiz.version());
        quizzes.delete(handle, id);
        return quiz;
    }

    /// @throws org.aula.kernel.error.ServiceException also INVALID_ARGUMENT with ORDER_INCOMPLETE
    Whole reorder(Handle handle, UUID id, String etag, List<UUID> itemIds) {
        var quiz = access.lock(handle, id, QuizAccess::notFound);
        Refusals.requireEtag(etag, quiz.version());
        QuizOrder.requireComplete(contents.of(handle, quiz).itemIds(), itemIds);
        quizzes.reorder(handle, id, itemIds);
        access.itemsChanged(handle, id);
        return contents.of(handle, quizzes.find(handle, id).orElseThrow(QuizAccess::notFound));
    }

    private Change update(Handle handle, Quiz before, Quiz after, String etag) {
        if (!after.equals(before)) {
            Refusals.requireEtag(etag, before.version());
            quizzes.update(handle, after);
        }
        return new Change(before, after);
    }
}
