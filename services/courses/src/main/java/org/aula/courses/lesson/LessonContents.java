package org.aula.courses.lesson;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.courses.course.Course;
import org.aula.courses.lesson.LessonContent.Page;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.events.Outbox;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.time.Times;
import org.jspecify.annotations.Nullable;

/// What lessons teach, revision by revision. A change holds the lesson's head in PostgreSQL, writes the
/// document, then moves the head: what readers see changes with the commit, all of it or nothing.
@Singleton
public final class LessonContents {

    private static final int KEPT = 100;
    private static final int MAX_BYTES = 2 * 1024 * 1024;

    /// What a change led to.
    ///
    /// @param changed false when it led nowhere new
    record Change(ContentHead head, StoredRevision stored, boolean changed) {
        LessonContent content() {
            return LessonContents.content(head, stored);
        }
    }

    private final ContentHeadRepository heads;
    private final LessonContentStore store;
    private final Database database;
    private final Outbox outbox;
    private final Clock clock;

    LessonContents(
            ContentHeadRepository heads, LessonContentStore store, Database database, Outbox outbox, Clock clock) {
        this.heads = heads;
        this.store = store;
        this.database = database;
        this.outbox = outbox;
        this.clock = clock;
    }

    /// The newest content of a lesson, without pages while nothing was written.
    public LessonContent newest(UUID lessonId) {
        return read(head(lessonId), ContentHead::latest);
    }

    /// What learners see of a lesson, without pages while nothing is published.
    LessonContent published(UUID lessonId) {
        return read(head(lessonId), ContentHead::published);
    }

    ContentHead head(UUID lessonId) {
        return database.query(() -> heads.find(lessonId)).orElseGet(() -> ContentHead.none(lessonId));
    }

    /// @throws ServiceException NOT_FOUND with REVISION_NOT_FOUND
    StoredRevision revision(ContentHead head, int revision) {
        if (revision > head.latest()) {
            throw noRevision();
        }
        return store.find(head.lessonId(), revision).orElseThrow(LessonContents::noRevision);
    }

    /// Revisions below a number, the latest first.
    List<LessonRevision> list(ContentHead head, int below, int limit) {
        return store.list(head.lessonId(), Math.min(below, head.latest() + 1), limit);
    }

    /// @throws ServiceException INVALID_ARGUMENT with CONTENT_TOO_LARGE
    public static void requireFits(List<Page> pages) {
        var size = LessonDocumentFactory.sizeBytes(pages);
        if (size > MAX_BYTES) {
            throw Errors.invalid(
                    ErrorReason.ERROR_REASON_CONTENT_TOO_LARGE,
                    "a lesson's content has at most " + MAX_BYTES + " bytes",
                    List.of(Errors.violation("pages", "has " + size + " bytes of at most " + MAX_BYTES)),
                    Map.of("size_bytes", Integer.toString(size), "limit_bytes", Integer.toString(MAX_BYTES)));
        }
    }

    /// Whether pages are within the bound of a lesson.
    public static boolean fits(List<Page> pages) {
        return LessonDocumentFactory.sizeBytes(pages) <= MAX_BYTES;
    }

    /// Writes a new revision. Writing the same over the same revision again is answered like the first
    /// time, since most likely the first answer got lost.
    ///
    /// @param expected number of the revision that was read; null to write over whatever is there
    /// @throws ServiceException ABORTED with ETAG_MISMATCH, NOT_FOUND with LESSON_NOT_FOUND
    Change write(Course course, UUID lessonId, List<Page> pages, @Nullable Integer expected, @Nullable UUID authorId) {
        var head = lock(lessonId);
        var latest = store.find(lessonId, head.latest()).orElse(null);
        var same = latest != null && latest.pages().equals(pages);
        if (expected != null && expected != head.latest() && !(same && expected == head.latest() - 1)) {
            throw Errors.etagMismatch();
        }
        return latest != null && same ? new Change(head, latest, false) : append(course, head, pages, authorId);
    }

    /// Takes up the pages of an earlier revision again, as a new one.
    ///
    /// @throws ServiceException NOT_FOUND with REVISION_NOT_FOUND or LESSON_NOT_FOUND
    Change rollBack(Course course, UUID lessonId, int revision, @Nullable UUID authorId) {
        var head = lock(lessonId);
        return append(course, head, revision(head, revision).pages(), authorId);
    }

    /// Shows learners a revision.
    ///
    /// @throws ServiceException NOT_FOUND with REVISION_NOT_FOUND or LESSON_NOT_FOUND
    Change publish(Course course, UUID lessonId, int revision) {
        var head = lock(lessonId);
        var stored = revision(head, revision);
        if (head.published() == revision) {
            return new Change(head, stored, false);
        }
        var published = head.publish(revision, Times.now(clock));
        heads.update(published);
        if (course.wasPublished()) {
            outbox.append(LessonEvents.published(course.id(), lessonId, revision));
        }
        return new Change(published, stored, true);
    }

    /// Says in the transaction that makes lessons that their first revisions count; [#writeFirst] follows.
    public void announceFirst(Collection<UUID> lessonIds, Instant now) {
        heads.insertFirst(lessonIds, now);
    }

    /// Writes the first revision of a lesson that nobody else knows of yet.
    public void writeFirst(UUID lessonId, UUID authorId, List<Page> pages, Instant now) {
        store.put(new LessonRevision(lessonId, 1, authorId, pages.size(), now), pages);
    }

    /// Deletes the documents of these lessons.
    public void delete(Collection<UUID> lessonIds) {
        store.delete(lessonIds);
    }

    /// Lets nobody else write content of a lesson until the end of the transaction.
    private ContentHead lock(UUID lessonId) {
        heads.insert(lessonId);
        return heads.lock(lessonId).orElseThrow(LessonAccess::notFound);
    }

    /// A course that was never published has no learners, so that there is nothing to hold back.
    private Change append(Course course, ContentHead head, List<Page> pages, @Nullable UUID authorId) {
        // As exact as documents keep it.
        var now = Times.now(clock).truncatedTo(ChronoUnit.MILLIS);
        var next = head.next();
        var revision = new LessonRevision(head.lessonId(), next.latest(), authorId, pages.size(), now);
        store.put(revision, pages);
        var moved = course.wasPublished() ? next : next.publish(next.latest(), now);
        heads.update(moved);
        store.prune(head.lessonId(), moved.latest() - KEPT, List.of(head.published(), moved.published()));
        return new Change(moved, new StoredRevision(revision, pages), true);
    }

    private LessonContent read(ContentHead head, ToIntFunction<ContentHead> which) {
        var revision = which.applyAsInt(head);
        var found = revision == 0 ? Optional.<StoredRevision>empty() : store.find(head.lessonId(), revision);
        if (found.isPresent()) {
            return content(head, found.get());
        }
        // It may have been taken away since the head was read, because there is a newer one.
        var now = revision == 0 ? head : head(head.lessonId());
        return which.applyAsInt(now) == revision ? LessonContent.empty(head.lessonId()) : read(now, which);
    }

    static LessonContent content(ContentHead head, StoredRevision stored) {
        return new LessonContent(
                head.lessonId(),
                stored.pages(),
                stored.revision().revision(),
                head.published(),
                stored.revision().createdAt());
    }

    private static ServiceException noRevision() {
        return Errors.notFound(ErrorReason.ERROR_REASON_REVISION_NOT_FOUND, "the lesson has no such revision");
    }
}
