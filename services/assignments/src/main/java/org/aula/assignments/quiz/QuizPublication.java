package org.aula.assignments.quiz;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.aula.api.assignments.v1.ErrorReason;
import org.aula.assignments.course.Refusals;
import org.aula.assignments.draft.Quiz;
import org.aula.assignments.draft.QuizRepository;
import org.aula.assignments.quiz.QuizContents.Whole;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.Errors;
import org.aula.kernel.events.Outbox;
import org.aula.kernel.time.Times;
import org.jdbi.v3.core.Handle;

/// Makes versions of quizzes.
@Singleton
final class QuizPublication {

    /// So that a version fits into a message.
    private static final long MAX_BYTES = 3 * 1024 * 1024;

    private final QuizRepository quizzes;
    private final QuizContents contents;
    private final VersionRepository versions;
    private final Outbox outbox;
    private final Clock clock;

    QuizPublication(
            QuizRepository quizzes, QuizContents contents, VersionRepository versions, Outbox outbox, Clock clock) {
        this.quizzes = quizzes;
        this.contents = contents;
        this.versions = versions;
        this.outbox = outbox;
        this.clock = clock;
    }

    /// Publishes a quiz that is locked, unless learners would get what they have.
    ///
    /// @return the quiz as it is then; itself when nothing differs and it is offered
    /// @throws org.aula.kernel.error.ServiceException FAILED_PRECONDITION with QUIZ_EMPTY, DRAW_TOO_SMALL,
    ///     DRAWS_OVERLAP or TOO_LARGE
    Quiz publish(Handle handle, Quiz quiz, String etag) {
        var whole = contents.of(handle, quiz);
        if (whole.questions().isEmpty() && whole.draws().isEmpty()) {
            throw Errors.failedPrecondition(
                    ErrorReason.ERROR_REASON_QUIZ_EMPTY, "a quiz without a question cannot be published", Map.of());
        }
        var draft = draft(handle, whole);
        var last = versions.find(handle, quiz.id(), quiz.publishedVersion());
        var next = last.filter(draft::isSameAs).isPresent() ? quiz.offeredAgain() : draft.quiz();
        if (next.equals(quiz)) {
            return quiz;
        }
        Refusals.requireEtag(etag, quiz.version());
        quizzes.update(handle, next);
        if (next.publishedVersion() > quiz.publishedVersion()) {
            draft.requireNotTooLarge(MAX_BYTES);
            versions.insert(handle, draft.row());
            outbox.append(handle, draft.event(last));
        }
        return next;
    }

    private DraftVersionMapper draft(Handle handle, Whole whole) {
        List<Pool> pools = contents.pools(handle, whole);
        var publisher = CallScope.current().requireUser();
        return DraftVersionMapper.of(whole, pools, publisher, Times.now(clock));
    }
}
