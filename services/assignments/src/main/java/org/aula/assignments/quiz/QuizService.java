package org.aula.assignments.quiz;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.aula.assignments.course.CourseErrors;
import org.aula.assignments.course.CourseLessons;
import org.aula.assignments.course.CourseRepository;
import org.aula.assignments.course.Refusals;
import org.aula.assignments.draft.Quiz;
import org.aula.assignments.draft.QuizAccess;
import org.aula.assignments.draft.QuizRepository;
import org.aula.assignments.quiz.QuizContents.Whole;
import org.aula.courseaccess.CourseGuard;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.change.Change;
import org.aula.kernel.change.Etags;
import org.aula.kernel.postgres.Database;

/// What authors do with the quizzes of their courses. A change that leads nowhere new is not refused for its
/// etag: most likely the first answer got lost.
///
/// What names a quiz throws [org.aula.kernel.error.ServiceException]: NOT_FOUND with QUIZ_NOT_FOUND, ABORTED
/// with ETAG_MISMATCH, and what the rule in [Quiz] throws.
@Singleton
final class QuizService {

    static final int MAX_QUIZZES = 500;
    static final String LESSON_TYPE = "QUIZ";

    private static final String RESOURCE = "quiz";

    private final QuizRepository quizzes;
    private final QuizAccess access;
    private final QuizContents contents;
    private final QuizPublication publication;
    private final CourseRepository courses;
    private final CourseLessons lessons;
    private final CourseGuard guard;
    private final Database database;
    private final Audit audit;

    QuizService(
            QuizRepository quizzes,
            QuizAccess access,
            QuizContents contents,
            QuizPublication publication,
            CourseRepository courses,
            CourseLessons lessons,
            CourseGuard guard,
            Database database,
            Audit audit) {
        this.quizzes = quizzes;
        this.access = access;
        this.contents = contents;
        this.publication = publication;
        this.courses = courses;
        this.lessons = lessons;
        this.guard = guard;
        this.database = database;
        this.audit = audit;
    }

    /// Lets those pass who may add a quiz to a course.
    ///
    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with COURSE_NOT_FOUND, PERMISSION_DENIED
    ///     with NOT_OWNER
    void requireAuthor(UUID courseId) {
        database.query(() -> guard.requireTeacher(courseId, CourseErrors::notFound));
    }

    /// Adds a quiz, in the caller's transaction.
    ///
    /// @throws org.aula.kernel.error.ServiceException INVALID_ARGUMENT with LESSON_UNSUITABLE,
    ///     FAILED_PRECONDITION with TOO_MANY
    Quiz create(Quiz quiz) {
        courses.lockLimits(quiz.courseId());
        lessons.requireLesson(quiz.courseId(), quiz.lessonId(), LESSON_TYPE);
        if (quizzes.count(quiz.courseId()) >= MAX_QUIZZES) {
            throw Refusals.tooMany("a course has " + MAX_QUIZZES + " quizzes at most", MAX_QUIZZES);
        }
        quizzes.insert(quiz);
        audit.recordCreated(RESOURCE, quiz.id(), QuizMapper.toProto(quiz));
        return quiz;
    }

    /// @param next gives the quiz as it shall be
    /// @throws org.aula.kernel.error.ServiceException also INVALID_ARGUMENT with LESSON_UNSUITABLE
    Quiz update(UUID id, String etag, UnaryOperator<Quiz> next) {
        return change(id, before -> {
            var after = next.apply(before);
            var lessonId = after.lessonId();
            if (lessonId != null && !lessonId.equals(before.lessonId())) {
                lessons.requireLesson(after.courseId(), lessonId, LESSON_TYPE);
            }
            return write(before, after, etag);
        });
    }

    /// Gives learners the quiz as it is now.
    ///
    /// @throws org.aula.kernel.error.ServiceException also as [QuizPublication#publish]
    Quiz publish(UUID id, String etag) {
        return change(id, before -> new Change<>(before, publication.publish(before, etag)));
    }

    /// Takes the quiz from learners; its versions stay.
    Quiz withdraw(UUID id, String etag) {
        return change(id, before -> write(before, before.withdrawn(), etag));
    }

    /// Deletes a quiz with its questions.
    void delete(UUID id, String etag) {
        database.transact(() -> {
            var quiz = access.lock(id, QuizAccess::notFound);
            quiz.requireDeletable();
            Etags.require(etag, quiz.version());
            quizzes.delete(id);
            audit.recordDeleted(RESOURCE, id, QuizMapper.toProto(quiz));
        });
    }

    /// @throws org.aula.kernel.error.ServiceException also INVALID_ARGUMENT with ORDER_INCOMPLETE
    Whole reorder(UUID id, String etag, List<UUID> itemIds) {
        return database.transact(() -> {
            var quiz = access.lock(id, QuizAccess::notFound);
            Etags.require(etag, quiz.version());
            QuizOrder.requireComplete(contents.of(quiz).itemIds(), itemIds);
            quizzes.reorder(id, itemIds);
            access.itemsChanged(id);
            audit.recordAction(RESOURCE, id);
            return contents.of(quizzes.find(id).orElseThrow(QuizAccess::notFound));
        });
    }

    private Quiz change(UUID id, Function<Quiz, Change<Quiz>> rule) {
        return database.transact(() -> {
            var change = rule.apply(access.lock(id, QuizAccess::notFound));
            audit.record(RESOURCE, id, change, QuizMapper::toProto);
            return change.after();
        });
    }

    private Change<Quiz> write(Quiz before, Quiz after, String etag) {
        if (!after.equals(before)) {
            Etags.require(etag, before.version());
            quizzes.update(after);
        }
        return new Change<>(before, after);
    }
}
