package org.aula.assignments.file;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.aula.assignments.course.CourseErrors;
import org.aula.assignments.course.CourseLessons;
import org.aula.assignments.course.CourseRepository;
import org.aula.assignments.course.Refusals;
import org.aula.courseaccess.CourseGuard;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.change.Change;
import org.aula.kernel.change.Etags;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.events.Outbox;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.time.Times;

/// What authors do with the file assignments of their courses. A change that leads nowhere new is not refused
/// for its etag: most likely the first answer got lost.
///
/// What names an assignment throws [ServiceException]: NOT_FOUND with FILE_ASSIGNMENT_NOT_FOUND, ABORTED with
/// ETAG_MISMATCH, and what the rule in [FileAssignment] throws.
@Singleton
final class FileAssignmentService {

    private static final int MAX_ASSIGNMENTS = 500;
    private static final String LESSON_TYPE = "ASSIGNMENT";
    private static final String RESOURCE = "file_assignment";

    private final FileAssignmentRepository assignments;
    private final FileAssignmentAccess access;
    private final FileVersionRepository versions;
    private final CourseRepository courses;
    private final CourseLessons lessons;
    private final CourseGuard guard;
    private final Database database;
    private final Outbox outbox;
    private final Audit audit;
    private final Clock clock;

    FileAssignmentService(
            FileAssignmentRepository assignments,
            FileAssignmentAccess access,
            FileVersionRepository versions,
            CourseRepository courses,
            CourseLessons lessons,
            CourseGuard guard,
            Database database,
            Outbox outbox,
            Audit audit,
            Clock clock) {
        this.assignments = assignments;
        this.access = access;
        this.versions = versions;
        this.courses = courses;
        this.lessons = lessons;
        this.guard = guard;
        this.database = database;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    /// Lets those pass who may add an assignment to a course.
    ///
    /// @throws ServiceException NOT_FOUND with COURSE_NOT_FOUND, PERMISSION_DENIED with NOT_OWNER
    void requireAuthor(UUID courseId) {
        database.query(() -> guard.requireTeacher(courseId, CourseErrors::notFound));
    }

    /// Adds an assignment, in the caller's transaction.
    ///
    /// @throws ServiceException INVALID_ARGUMENT with LESSON_UNSUITABLE, FAILED_PRECONDITION with TOO_MANY
    FileAssignment create(FileAssignment assignment) {
        courses.lockLimits(assignment.courseId());
        lessons.requireLesson(assignment.courseId(), assignment.lessonId(), LESSON_TYPE);
        if (assignments.count(assignment.courseId()) >= MAX_ASSIGNMENTS) {
            throw Refusals.tooMany("a course has " + MAX_ASSIGNMENTS + " file assignments at most", MAX_ASSIGNMENTS);
        }
        assignments.insert(assignment);
        audit.recordCreated(RESOURCE, assignment.id(), FileAssignmentMapper.toProto(assignment));
        return assignment;
    }

    /// @param next gives the assignment as it shall be
    /// @throws ServiceException also INVALID_ARGUMENT with LESSON_UNSUITABLE
    FileAssignment update(UUID id, String etag, UnaryOperator<FileAssignment> next) {
        return change(id, before -> {
            var after = next.apply(before);
            var lessonId = after.lessonId();
            if (lessonId != null && !lessonId.equals(before.lessonId())) {
                lessons.requireLesson(after.courseId(), lessonId, LESSON_TYPE);
            }
            return write(before, after, etag);
        });
    }

    /// Gives learners the assignment as it is now, unless they would get what they have.
    ///
    /// @throws ServiceException also FAILED_PRECONDITION with RUBRIC_POINTS_MISMATCH
    FileAssignment publish(UUID id, String etag) {
        return change(id, before -> {
            RubricMapper.requirePoints(before.settings());
            var now = Times.now(clock);
            var published = before.published(now);
            var version = FileVersionMapper.row(published, CallScope.current().requireUser(), now);
            var last = versions.find(id, before.publishedVersion());
            if (last.filter(document -> FileVersionMapper.isSame(document, version.document()))
                    .isPresent()) {
                return write(before, before.offeredAgain(), etag);
            }
            var change = write(before, published, etag);
            versions.insert(version);
            outbox.append(FileAssignmentEvents.published(version));
            return change;
        });
    }

    /// Takes the assignment from learners; its versions stay.
    FileAssignment withdraw(UUID id, String etag) {
        return change(id, before -> write(before, before.withdrawn(), etag));
    }

    /// Deletes an assignment with its rubric.
    void delete(UUID id, String etag) {
        database.transact(() -> {
            var assignment = access.lock(id);
            assignment.requireDeletable();
            Etags.require(etag, assignment.version());
            assignments.delete(id);
            audit.recordDeleted(RESOURCE, id, FileAssignmentMapper.toProto(assignment));
        });
    }

    private FileAssignment change(UUID id, Function<FileAssignment, Change<FileAssignment>> rule) {
        return database.transact(() -> {
            var change = rule.apply(access.lock(id));
            audit.record(RESOURCE, id, change, FileAssignmentMapper::toProto);
            return change.after();
        });
    }

    private Change<FileAssignment> write(FileAssignment before, FileAssignment after, String etag) {
        if (!after.equals(before)) {
            Etags.require(etag, before.version());
            assignments.update(after);
        }
        return new Change<>(before, after);
    }
}
