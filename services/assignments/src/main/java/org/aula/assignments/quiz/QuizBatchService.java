package org.aula.assignments.quiz;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.aula.assignments.course.CourseErrors;
import org.aula.assignments.course.CourseLessons;
import org.aula.assignments.course.CourseRepository;
import org.aula.assignments.course.Refusals;
import org.aula.assignments.draft.QuizRepository;
import org.aula.assignments.question.QuestionRepository;
import org.aula.assignments.quiz.QuizBatch.Entry;
import org.aula.courseaccess.CourseGuard;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.events.Outbox;

/// Makes many quizzes of a course with their questions, in a number of statements that does not depend on
/// how many.
@Singleton
final class QuizBatchService {

    private final QuizRepository quizzes;
    private final QuestionRepository questions;
    private final VersionRepository versions;
    private final CourseRepository courses;
    private final CourseLessons lessons;
    private final CourseGuard guard;
    private final Outbox outbox;
    private final Audit audit;

    QuizBatchService(
            QuizRepository quizzes,
            QuestionRepository questions,
            VersionRepository versions,
            CourseRepository courses,
            CourseLessons lessons,
            CourseGuard guard,
            Outbox outbox,
            Audit audit) {
        this.quizzes = quizzes;
        this.questions = questions;
        this.versions = versions;
        this.courses = courses;
        this.lessons = lessons;
        this.guard = guard;
        this.outbox = outbox;
        this.audit = audit;
    }

    /// Adds the quizzes, in the caller's transaction.
    ///
    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with COURSE_NOT_FOUND, INVALID_ARGUMENT
    ///     with LESSON_UNSUITABLE, FAILED_PRECONDITION with TOO_MANY
    void create(QuizBatch batch, Instant now) {
        // Before the course is looked for: what deletes all that it had takes the same lock once it is gone.
        courses.lockLimits(batch.courseId());
        var course = guard.find(batch.courseId(), null).orElseThrow(CourseErrors::notFound);
        lessons.requireLessons(batch.courseId(), batch.lessons(), QuizService.LESSON_TYPE);
        var room = QuizService.MAX_QUIZZES - quizzes.count(batch.courseId());
        if (batch.entries().size() > room) {
            throw Refusals.tooMany(
                    "a course has " + QuizService.MAX_QUIZZES + " quizzes at most", QuizService.MAX_QUIZZES);
        }
        if (batch.publish()) {
            insertPublished(batch.entries(), course.instructorId(), now);
        } else {
            insert(batch.entries());
        }
        audit.recordAction("course", batch.courseId());
    }

    private void insert(List<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        quizzes.insertAll(entries.stream().map(Entry::quiz).toList());
        questions.insertAll(
                entries.stream().flatMap(entry -> entry.questions().stream()).toList());
    }

    private void insertPublished(List<Entry> entries, UUID publisher, Instant now) {
        var published = entries.stream()
                .map(entry -> new Entry(entry.index(), entry.quiz().published(now), entry.questions()))
                .toList();
        var rows = published.stream()
                .map(entry -> VersionMapper.row(entry.quiz(), entry.questions(), List.of(), publisher, now))
                .toList();
        insert(published);
        if (!rows.isEmpty()) {
            versions.insertAll(rows);
        }
        outbox.appendAll(rows.stream().map(QuizEvents::published).toList());
    }
}
