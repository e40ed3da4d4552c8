package org.aula.assignments.file;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.aula.api.assignments.v1.ErrorReason;
import org.aula.assignments.course.CourseLessons;
import org.aula.assignments.course.CourseRepository;
import org.aula.assignments.course.Refusals;
import org.aula.courseaccess.CourseGuard;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.change.Change;
import org.aula.kernel.change.Etags;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.events.Outbox;
import org.aula.kernel.time.Times;

/// File assignments for who may work on them, and changes of them in the transaction that is given. A
/// change that leads nowhere new is not refused for its etag: most likely the first answer got lost.
///
/// Every method throws [ServiceException]: NOT_FOUND with FILE_ASSIGNMENT_NOT_FOUND, ABORTED with
/// ETAG_MISMATCH, and what the rule in [FileAssignment] throws.
@Singleton
final class FileAssignmentChange {

    private static final int MAX_ASSIGNMENTS = 500;
    private static final String LESSON_TYPE = "ASSIGNMENT";

    /// A change of the assignment with this id.
    @FunctionalInterface
    interface Rule {
        Change<FileAssignment> apply(UUID id);
    }

    private final FileAssignmentRepository assignments;
    private final FileVersionRepository versions;
    private final CourseRepository courses;
    private final CourseLessons lessons;
    private final CourseGuard courseAccess;
    private final Outbox outbox;
    private final Clock clock;

    FileAssignmentChange(
            FileAssignmentRepository assignments,
            FileVersionRepository versions,
            CourseRepository courses,
            CourseLessons lessons,
            CourseGuard courseAccess,
            Outbox outbox,
            Clock clock) {
        this.assignments = assignments;
        this.versions = versions;
        this.courses = courses;
        this.lessons = lessons;
        this.courseAccess = courseAccess;
        this.outbox = outbox;
        this.clock = clock;
    }

    FileAssignment requireAuthor(UUID id) {
        var assignment = assignments.find(id).orElseThrow(FileAssignmentChange::notFound);
        courseAccess.requireTeacherElseHide(assignment.courseId(), FileAssignmentChange::notFound);
        return assignment;
    }

    /// @throws ServiceException INVALID_ARGUMENT with LESSON_UNSUITABLE, FAILED_PRECONDITION with TOO_MANY
    void insert(FileAssignment assignment) {
        courses.lockLimits(assignment.courseId());
        lessons.requireLesson(assignment.courseId(), assignment.lessonId(), LESSON_TYPE);
        if (assignments.count(assignment.courseId()) >= MAX_ASSIGNMENTS) {
            throw Refusals.tooMany("a course has " + MAX_ASSIGNMENTS + " file assignments at most", MAX_ASSIGNMENTS);
        }
        assignments.insert(assignment);
    }

    /// @throws ServiceException also INVALID_ARGUMENT with LESSON_UNSUITABLE
    Change<FileAssignment> edit(UUID id, String etag, UnaryOperator<FileAssignment> edit) {
        var before = lock(id);
        var after = edit.apply(before);
        var lessonId = after.lessonId();
        if (lessonId != null && !lessonId.equals(before.lessonId())) {
            lessons.requireLesson(after.courseId(), lessonId, LESSON_TYPE);
        }
        return update(before, after, etag);
    }

    /// @throws ServiceException also FAILED_PRECONDITION with RUBRIC_POINTS_MISMATCH
    Change<FileAssignment> publish(UUID id, String etag) {
        var before = lock(id);
        RubricMapper.requirePoints(before.settings());
        var next = FileVersionMapper.next(before, CallScope.current().requireUser(), Times.now(clock));
        var last = versions.find(id, before.publishedVersion());
        if (last.filter(next::isSameAs).isPresent()) {
            return update(before, before.offeredAgain(), etag);
        }
        var change = update(before, next.assignment(), etag);
        versions.insert(next.row());
        outbox.append(next.event());
        return change;
    }

    Change<FileAssignment> withdraw(UUID id, String etag) {
        var before = lock(id);
        return update(before, before.withdrawn(), etag);
    }

    /// @return the assignment that was deleted
    FileAssignment delete(UUID id, String etag) {
        var assignment = lock(id);
        assignment.requireDeletable();
        Etags.require(etag, assignment.version());
        assignments.delete(id);
        return assignment;
    }

    private Change<FileAssignment> update(FileAssignment before, FileAssignment after, String etag) {
        if (!after.equals(before)) {
            Etags.require(etag, before.version());
            assignments.update(after);
        }
        return new Change<>(before, after);
    }

    private FileAssignment lock(UUID id) {
        requireAuthor(id);
        return assignments.lock(id).orElseThrow(FileAssignmentChange::notFound);
    }

    /// NOT_FOUND with FILE_ASSIGNMENT_NOT_FOUND.
    static ServiceException notFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_FILE_ASSIGNMENT_NOT_FOUND, "file assignment not found");
    }
}
