package org.aula.courses.lesson;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.aula.courses.course.Course;
import org.aula.courses.lesson.LessonContent.Page;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.call.Caller;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Database;
import org.jspecify.annotations.Nullable;

/// What callers do with the content of lessons: who may is asked before, and what changes has its entry in
/// the audit log.
///
/// Every method throws [ServiceException]: NOT_FOUND with LESSON_NOT_FOUND, and PERMISSION_DENIED with
/// NOT_OWNER where it is for those who may change the course.
@Singleton
final class LessonContentService {

    private static final String RESOURCE = "lesson";

    private final LessonContents contents;
    private final LessonAccess access;
    private final Database database;
    private final Audit audit;

    LessonContentService(LessonContents contents, LessonAccess access, Database database, Audit audit) {
        this.contents = contents;
        this.access = access;
        this.database = database;
        this.audit = audit;
    }

    /// The content as the caller may read it.
    ///
    /// @param published what learners see, also for those who see what is newer
    /// @param solutions with the solutions of exercises; those who see everything always have them
    /// @throws ServiceException as [LessonAccess#requireReader]
    LessonContent read(UUID lessonId, boolean published, boolean solutions) {
        var seesAll = access.requireReader(lessonId);
        var content = seesAll && !published ? contents.newest(lessonId) : contents.published(lessonId);
        return seesAll || solutions ? content : content.withoutSolutions();
    }

    /// Lets those pass who may change the content.
    ///
    /// @return the lesson's course
    Course requireAuthor(UUID lessonId) {
        return access.requireAuthor(lessonId);
    }

    /// Writes a new revision.
    ///
    /// @param etag number of the revision that was read; empty to write over whatever is there
    /// @throws ServiceException also ABORTED with ETAG_MISMATCH, INVALID_ARGUMENT with CONTENT_TOO_LARGE
    LessonContent update(Course course, UUID lessonId, String etag, List<Page> pages) {
        LessonContents.requireFits(pages);
        return database.transact(() -> {
            var written = contents.write(course, lessonId, pages, expected(etag), author());
            if (written.changed()) {
                audit.recordAction(RESOURCE, lessonId);
            } else {
                audit.nothing();
            }
            return written.content();
        });
    }

    /// Shows learners a revision.
    ///
    /// @throws ServiceException also NOT_FOUND with REVISION_NOT_FOUND
    LessonContents.Change publish(UUID lessonId, int revision) {
        var course = requireAuthor(lessonId);
        return database.transact(() -> {
            var change = contents.publish(course, lessonId, revision);
            if (change.changed()) {
                audit.recordCreated(RESOURCE, lessonId, LessonRevisionMapper.toProto(change));
            } else {
                audit.nothing();
            }
            return change;
        });
    }

    /// Takes up the pages of an earlier revision again, as a new one, in the caller's transaction.
    ///
    /// @throws ServiceException also NOT_FOUND with REVISION_NOT_FOUND
    LessonContents.Change rollBack(Course course, UUID lessonId, int revision) {
        var change = contents.rollBack(course, lessonId, revision, author());
        audit.recordCreated(RESOURCE, lessonId, LessonRevisionMapper.toProto(change));
        return change;
    }

    /// Which revisions count, for those who may change the content.
    ContentHead head(UUID lessonId) {
        requireAuthor(lessonId);
        return contents.head(lessonId);
    }

    /// Revisions below a number, the latest first.
    List<LessonRevision> list(ContentHead head, int below, int limit) {
        return contents.list(head, below, limit);
    }

    /// @throws ServiceException also NOT_FOUND with REVISION_NOT_FOUND
    StoredRevision revision(ContentHead head, int revision) {
        return contents.revision(head, revision);
    }

    private static @Nullable UUID author() {
        return CallScope.current().caller() instanceof Caller.User user ? user.id() : null;
    }

    private static @Nullable Integer expected(String etag) {
        try {
            return etag.isEmpty() ? null : Integer.valueOf(etag);
        } catch (NumberFormatException notOurs) {
            throw Errors.etagMismatch();
        }
    }
}
