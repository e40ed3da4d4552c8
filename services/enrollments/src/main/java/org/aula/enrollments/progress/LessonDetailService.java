package org.aula.enrollments.progress;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.aula.api.enrollments.v1.ErrorReason;
import org.aula.enrollments.enrollment.ProgressService;
import org.aula.enrollments.progress.LessonDetails.Key;
import org.aula.kernel.change.Etags;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Database;

/// What a learner leaves in a lesson, notes and steps, which are nobody else's.
@Singleton
final class LessonDetailService {

    private final LessonDetailStore details;
    private final ProgressService progress;
    private final Database database;
    private final Clock clock;

    LessonDetailService(LessonDetailStore details, ProgressService progress, Database database, Clock clock) {
        this.details = details;
        this.progress = progress;
        this.database = database;
        this.clock = clock;
    }

    /// Lets the learner pass whose lesson it is.
    ///
    /// @throws ServiceException ENROLLMENT_NOT_FOUND, LESSON_NOT_FOUND, NOT_OWNER
    void requireOwner(Key key) {
        progress.requireLearner(key.enrollmentId(), key.lessonId());
    }

    /// The steps that were completed, in their order.
    ///
    /// @throws ServiceException as [#requireOwner]
    List<LessonStep> steps(Key key) {
        requireOwner(key);
        return details.find(key).steps();
    }

    /// Notes by their place in the lesson.
    ///
    /// @param behind sort key of the last one that was read; empty for the first page
    /// @throws ServiceException as [#requireOwner]
    List<LessonNote> notes(Key key, List<String> behind, int limit) {
        requireOwner(key);
        return details.find(key).notes().stream()
                .filter(note -> behind.isEmpty() || note.isBehind(behind))
                .sorted(LessonNote.ORDER)
                .limit(limit)
                .toList();
    }

    /// A note.
    ///
    /// @throws ServiceException as [#requireOwner], NOTE_NOT_FOUND
    LessonNote note(Key key, UUID noteId) {
        requireOwner(key);
        return require(key, noteId);
    }

    /// Adds a note, unless this request has added it before. In the caller's transaction, which is to keep
    /// the request's key: if that fails afterwards, the request that comes again finds its note by its id.
    ///
    /// @throws ServiceException as [#requireOwner], ENROLLMENT_NOT_ACTIVE, NOTE_LIMIT_REACHED with `limit`
    LessonNote write(Key key, UUID requestId, String text, Duration position) {
        var userId = progress.requireActiveLearner(key.enrollmentId(), key.lessonId());
        var now = now();
        var note = new LessonNote(UuidCreator.getTimeOrderedEpoch(), position, text, now, now, 1);
        return details.add(key, userId, note, requestId)
                .orElseThrow(() -> full(ErrorReason.ERROR_REASON_NOTE_LIMIT_REACHED, LessonDetailStore.MAX_NOTES));
    }

    /// A change that leads nowhere new is not refused for its etag: most likely the first answer got lost.
    ///
    /// @param etag empty to change whatever is there
    /// @param change leads to the text and the position that are wanted
    /// @throws ServiceException as [#requireOwner], NOTE_NOT_FOUND, ETAG_MISMATCH
    LessonNote rewrite(Key key, UUID noteId, String etag, UnaryOperator<LessonNote> change) {
        requireOwner(key);
        var before = require(key, noteId);
        var wanted = change.apply(before);
        if (before.says(wanted.text(), wanted.position())) {
            return before;
        }
        Etags.require(etag, before.version());
        var next = before.rewritten(wanted.text(), wanted.position(), now());
        if (!details.update(key, next)) {
            require(key, noteId);
            throw Errors.etagMismatch();
        }
        return next;
    }

    /// Deletes a note; nothing happens when it is gone.
    ///
    /// @throws ServiceException as [#requireOwner]
    void delete(Key key, UUID noteId) {
        requireOwner(key);
        details.delete(key, noteId);
    }

    /// Completes a step; one that is completed stays as it is.
    ///
    /// @return the steps that are completed then
    /// @throws ServiceException as [#requireOwner], ENROLLMENT_NOT_ACTIVE, STEP_LIMIT_REACHED with `limit`
    List<LessonStep> complete(Key key, String step) {
        var userId = database.query(() -> progress.requireActiveLearner(key.enrollmentId(), key.lessonId()));
        if (!details.add(key, userId, new LessonStep(step, now()))) {
            throw full(ErrorReason.ERROR_REASON_STEP_LIMIT_REACHED, LessonDetailStore.MAX_STEPS);
        }
        return details.find(key).steps();
    }

    private LessonNote require(Key key, UUID noteId) {
        return details.find(key)
                .note(noteId)
                .orElseThrow(() -> Errors.notFound(
                        ErrorReason.ERROR_REASON_NOTE_NOT_FOUND, "the lesson has no note " + noteId + " of yours"));
    }

    private static ServiceException full(ErrorReason reason, int limit) {
        return Errors.failedPrecondition(
                reason, "the lesson has as many as it may", Map.of("limit", Integer.toString(limit)));
    }

    /// As MongoDB keeps it.
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
