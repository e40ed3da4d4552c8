package org.aula.assignments.quiz;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.aula.assignments.course.CourseLessons;
import org.aula.assignments.course.CourseRepository;
import org.aula.assignments.course.Refusals;
import org.aula.assignments.draft.Quiz;
import org.aula.assignments.draft.QuizAccess;
import org.aula.assignments.draft.QuizRepository;
import org.aula.assignments.quiz.QuizContents.Whole;
import org.aula.kernel.change.Change;
import org.aula.kernel.change.Etags;

/// Changes of a quiz that the caller may work on, each in the transaction that it is given. A change that
/// leads nowhere new is not refused for its etag: most likely the first answer got lost.
///
/// Every method throws [org.aula.kernel.error.ServiceException]: NOT_FOUND with QUIZ_NOT_FOUND, ABORTED
/// with ETAG_MISMATCH, and what the rule in [Quiz] throws.
@Singleton
final class QuizChange {

    static final int MAX_QUIZZES = 500;
    static final String LESSON_TYPE = "QUIZ";

    /// A change of the quiz with this id.
    @FunctionalInterface
    interface Rule {
        Change<Quiz> apply(UUID id);
    }

    private final QuizRepository quizzes;
    private final QuizAccess access;
    private final QuizContents contents;
    private final QuizPublication publication;
    private final CourseRepository courses;
    private final CourseLessons lessons;

    QuizChange(
            QuizRepository quizzes,
            QuizAccess access,
            QuizContents contents,
            QuizPublication publication,
            CourseRepository courses,
            CourseLessons lessons) {
        this.quizzes = quizzes;
        this.access = access;
        this.contents = contents;
        this.publication = publication;
        this.courses = courses;
        this.lessons = lessons;
    }

    /// @throws org.aula.kernel.error.ServiceException INVALID_ARGUMENT with LESSON_UNSUITABLE,
    ///     FAILED_PRECONDITION with TOO_MANY
    void insert(Quiz quiz) {
        courses.lockLimits(quiz.courseId());
        lessons.requireLesson(quiz.courseId(), quiz.lessonId(), LESSON_TYPE);
        if (quizzes.count(quiz.courseId()) >= MAX_QUIZZES) {
            throw Refusals.tooMany("a course has " + MAX_QUIZZES + " quizzes at most", MAX_QUIZZES);
        }
        quizzes.insert(quiz);
    }

    /// @throws org.aula.kernel.error.ServiceException also INVALID_ARGUMENT with LESSON_UNSUITABLE
    Change<Quiz> edit(UUID id, String etag, UnaryOperator<Quiz> edit) {
        var before = access.lock(id, QuizAccess::notFound);
        var after = edit.apply(before);
        var lessonId = after.lessonId();
        if (lessonId != null && !lessonId.equals(before.lessonId())) {
            lessons.requireLesson(after.courseId(), lessonId, LESSON_TYPE);
        }
        return update(before, after, etag);
    }

    Change<Quiz> publish(UUID id, String etag) {
        var before = access.lock(id, QuizAccess::notFound);
        return new Change<>(before, publication.publish(before, etag));
    }

    Change<Quiz> withdraw(UUID id, String etag) {
        var before = access.lock(id, QuizAccess::notFound);
        return update(before, before.withdrawn(), etag);
    }

    /// @return the quiz that was deleted
    Quiz delete(UUID id, String etag) {
        var quiz = access.lock(id, QuizAccess::notFound);
        quiz.requireDeletable();
        Etags.require(etag, quiz.version());
        quizzes.delete(id);
        return quiz;
    }

    /// @throws org.aula.kernel.error.ServiceException also INVALID_ARGUMENT with ORDER_INCOMPLETE
    Whole reorder(UUID id, String etag, List<UUID> itemIds) {
        var quiz = access.lock(id, QuizAccess::notFound);
        Etags.require(etag, quiz.version());
        QuizOrder.requireComplete(contents.of(quiz).itemIds(), itemIds);
        quizzes.reorder(id, itemIds);
        access.itemsChanged(id);
        return contents.of(quizzes.find(id).orElseThrow(QuizAccess::notFound));
    }

    private Change<Quiz> update(Quiz before, Quiz after, String etag) {
        if (!after.equals(before)) {
            Etags.require(etag, before.version());
            quizzes.update(after);
        }
        return new Change<>(before, after);
    }
}
