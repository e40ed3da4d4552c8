package org.aula.assignments.quiz;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import org.aula.api.assignments.v1.ErrorReason;
import org.aula.assignments.course.Refusals;
import org.aula.assignments.draft.Quiz;
import org.aula.assignments.draft.QuizRepository;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.change.Etags;
import org.aula.kernel.error.Errors;
import org.aula.kernel.events.Outbox;
import org.aula.kernel.time.Times;

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
    Quiz publish(Quiz quiz, String etag) {
        var whole = contents.of(quiz);
        if (whole.questions().isEmpty() && whole.draws().isEmpty()) {
            throw Errors.failedPrecondition(
                    ErrorReason.ERROR_REASON_QUIZ_EMPTY, "a quiz without a question cannot be published", Map.of());
        }
        var now = Times.now(clock);
        var published = quiz.published(now);
        var publisher = CallScope.current().requireUser();
        var version = VersionMapper.row(published, whole.questions(), contents.pools(whole), publisher, now);
        var last = versions.find(quiz.id(), quiz.publishedVersion());
        var isSame = last.filter(document -> VersionMapper.isSame(document, version.document()))
                .isPresent();
        var next = isSame ? quiz.offeredAgain() : published;
        if (next.equals(quiz)) {
            return quiz;
        }
        Etags.require(etag, quiz.version());
        quizzes.update(next);
        if (!isSame) {
            requireNotTooLarge(version);
            versions.insert(version);
            outbox.append(QuizEvents.published(version, last));
        }
        return next;
    }

    private static void requireNotTooLarge(VersionRow version) {
        var bytes = version.document().length;
        if (bytes > MAX_BYTES) {
            throw Refusals.tooLarge("a version has 3 MiB at most", bytes, MAX_BYTES);
        }
    }
}
