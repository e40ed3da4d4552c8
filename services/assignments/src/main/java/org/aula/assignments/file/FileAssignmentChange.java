package org.aula.assignments.file;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.aula.api.assignments.v1.ErrorReason;
import org.aula.assignments.course.CourseAccess;
import org.aula.assignments.course.CourseRepository;
import org.aula.assignments.course.Refusals;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.events.Outbox;
import org.aula.kernel.time.Times;
import org.jdbi.v3.core.Handle;

/// File assignments for who may work on them, and changes of them in the transaction that is given. A
/// change that leads nowhere new is not refused for its etag: most likely the first answer got lost.
///
/// Every method throws [ServiceException]: NOT_FOUND with FILE_ASSIGNMENT_NOT_FOUND, ABORTED with
/// ETAG_MISMATCH, and what the rule in [FileAssignment] throws.
@Singleton
final class FileAssignmentChange {

    private static final int MAX_ASSIGNMENTS = 500;
    private static final String LESSON_TYPE = "ASSIGNMENT";

    /// What was, and what is.
    record Change(FileAssignment before, FileAssignment after) {
        boolean isNothing() {
            return after.equals(before);
        }
    }

    /// A change of the assignment with this id.
    @FunctionalInterface
    interface Rule {
        Change apply(Handle handle, UUID id);
    }

    private final FileAssignmentRepository assignments;
    private final FileVersionRepository versions;
    private final CourseRepository courses;
    private final CourseAccess courseAccess;
    private final Outbox outbox;
    private final Clock clock;

    FileAssignmentChange(
            FileAssignmentRepository assignments,
            FileVersionRepository versions,
            CourseRepository courses,
            CourseAccess courseAccess,
            Outbox outbox,
            Clock clock) {
        this.assignments = assignments;
        this.versions = versions;
        this.courses = courses;
        this.courseAccess = courseAccess;
        this.outbox = outbox;
        this.clock = clock;
    }

    FileAssignment requireAuthor(Handle handle, UUID id) {
        var assignment = assignments.find(handle, id).orElseThrow(FileAssignmentChange::notFound);
        courseAccess.requireAuthor(handle, assignment.courseId(), FileAssignmentChange::notFound);
        return assignment;
    }

    /// @throws ServiceException INVALID_ARGUMENT with LESSON_UNSUITABLE, FAILED_PRECONDITION with TOO_MANY
    void insert(Handle handle, FileAssignment assignment) {
        courses.lockLimits(handle, assignment.courseId());
        courseAccess.requireLesson(handle, assignment.courseId(), assignment.lessonId(), LESSON_TYPE);
        if (assignments.count(handle, assignment.courseId()) >= MAX_ASSIGNMENTS) {
            throw Refusals.tooMany("a course has " + MAX_ASSIGNMENTS + " file assignments at most", MAX_ASSIGNMENTS);
        }
        assignments.insert(handle, assignment);
    }

    /// @throws ServiceException also INVALID_ARGUMENT with LESSON_UNSUITABLE
    Change edit(Handle handle, UUID id, String etag, UnaryOperator<FileAssignment> edit) {
        var before = lock(handle, id);
        var after = edit.apply(before);
        var lessonId = after.lessonId();
        if (lessonId != null && !lessonId.equals(before.lessonId())) {
            courseAccess.requireLesson(handle, after.courseId(), lessonId, LESSON_TYPE);
        }
        return update(handle, before, after, etag);
    }

    /// @throws ServiceException also FAILED_PRECONDITION with RUBRIC_POINTS_MISMATCH
    Change publish(Handle handle, UUID id, String etag) {
        var before = lock(handle, id);
        RubricMapper.requirePoints(before.settings());
        var next = FileVersionMapper.next(before, CallScope.current().requireUser(), Times.now(clock));
        var last = versions.find(handle, id, before.publishedVersion());
        if (last.filter(next::isSameAs).isPresent()) {
            return update(handle, before, before.offeredAgain(), etag);
        }
        var change = update(handle, before, next.assignment(), etag);
        versions.insert(handle, next.row());
        outbox.append(handle, next.event());
        return change;
    }

    Change withdraw(Handle handle, UUID id, String etag) {
        var before = lock(handle, id);
        return update(handle, before, before.withdrawn(), etag);
    }

    /// @return the assignment that was deleted
    FileAssignment delete(Handle handle, UUID id, String etag) {
        var assignment = lock(handle, id);
        assignment.requireDeletable();
        Refusals.requireEtag(etag, assignment.version());
        assignments.delete(handle, id);
        return assignment;
    }

    private Change update(Handle handle, FileAssignment before, FileAssignment after, String etag) {
        if (!after.equals(before)) {
            Refusals.requireEtag(etag, before.version());
            assignments.update(handle, after);
        }
        return new Change(before, after);
    }

    private FileAssignment lock(Handle handle, UUID id) {
        requireAuthor(handle, id);
        return assignments.lock(handle, id).orElseThrow(FileAssignmentChange::notFound);
    }

    /// NOT_FOUND with FILE_ASSIGNMENT_NOT_FOUND.
    static ServiceException notFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_FILE_ASSIGNMENT_NOT_FOUND, "there is no such file assignment");
    }
}
