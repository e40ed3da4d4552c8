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
import org.aula.enrollments.progress.LessonDetails.Place;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;

/// Changes what a learner leaves in a lesson.
@Singleton
final class LessonNotes {

    private final LessonDetailStore details;
    private final Clock clock;

    LessonNotes(LessonDetailStore details, Clock clock) {
        this.details = details;
        this.clock = clock;
    }

    /// @throws ServiceException NOTE_LIMIT_REACHED with `limit`
    LessonNote write(Place place, UUID userId, UUID requestId, String text, Duration position) {
        var now = now();
        var note = new LessonNote(UuidCreator.getTimeOrderedEpoch(), position, text, now, now, 1);
        return details.add(place, userId, note, requestId)
                .orElseThrow(() -> full(ErrorReason.ERROR_REASON_NOTE_LIMIT_REACHED, LessonDetailStore.MAX_NOTES));
    }

    /// A change that leads nowhere new is not refused for its etag: most likely the first answer got lost.
    ///
    /// @param etag empty to change whatever is there
    /// @param change leads to the text and the position that are wanted
    /// @throws ServiceException NOTE_NOT_FOUND, ETAG_MISMATCH
    LessonNote rewrite(Place place, UUID noteId, String etag, UnaryOperator<LessonNote> change) {
        var before = require(place, noteId);
        var wanted = change.apply(before);
        if (before.says(wanted.text(), wanted.position())) {
            return before;
        }
        if (!etag.isEmpty() && !etag.equals(Long.toString(before.version()))) {
            throw Errors.etagMismatch();
        }
        var next = before.rewritten(wanted.text(), wanted.position(), now());
        if (!details.update(place, next)) {
            require(place, noteId);
            throw Errors.etagMismatch();
        }
        return next;
    }

    /// @throws ServiceException STEP_LIMIT_REACHED with `limit`
    List<LessonStep> complete(Place place, UUID userId, String step) {
        if (!details.add(place, userId, new LessonStep(step, now()))) {
            throw full(ErrorReason.ERROR_REASON_STEP_LIMIT_REACHED, LessonDetailStore.MAX_STEPS);
        }
        return details.find(place).steps();
    }

    private LessonNote require(Place place, UUID noteId) {
        return details.find(place)
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
