package org.aula.grades.attempt;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.aula.grades.gradebook.Item;
import org.aula.grades.gradebook.Scores;
import org.aula.grades.quiz.QuizVersion;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.events.Outbox;
import org.jspecify.annotations.Nullable;

/// What follows when an attempt's points change, all in the transaction of the change: the attempt, the
/// history, the gradebook, and an event when it is graded.
@Singleton
public final class ScoreUpdate {

    private final AttemptRepository attempts;
    private final ScoreChangeRepository changes;
    private final Scores scores;
    private final Outbox outbox;

    ScoreUpdate(AttemptRepository attempts, ScoreChangeRepository changes, Scores scores, Outbox outbox) {
        this.attempts = attempts;
        this.changes = changes;
        this.scores = scores;
        this.outbox = outbox;
    }

    /// Why points are counted anew.
    ///
    /// @param questionId whose points a person gave; null when all were looked at
    public record Cause(ScoreChange.Kind kind, @Nullable UUID questionId, Instant now) {}

    /// Counts the points of an attempt that is locked and handed in, and writes what follows.
    ///
    /// @param before as it is in the database, for the history
    /// @param attempt as it should be, but for its points
    /// @param total what its answers come to
    /// @param quizVersion the version whose rule says what passes
    public Attempt apply(Attempt before, Attempt attempt, Attempt.Total total, QuizVersion quizVersion, Cause cause) {
        var next = attempt.scored(total, quizVersion.rules(), cause.now());
        attempts.update(next);
        var differs =
                next.score().compareTo(before.score()) != 0 || next.maxScore().compareTo(before.maxScore()) != 0;
        if (before.isInProgress() || cause.questionId() != null || differs) {
            changes.insert(change(before, next, cause));
        }
        var isNews = differs || !Objects.equals(before.passed(), next.passed());
        if (next.status() == Attempt.Status.GRADED && isNews) {
            outbox.append(AttemptEvents.graded(next));
            scores.quizGraded(item(quizVersion), next.userId(), cause.now());
        }
        return next;
    }

    private static Item item(QuizVersion quizVersion) {
        return new Item(
                quizVersion.quizId(),
                quizVersion.courseId(),
                Item.Kind.QUIZ,
                quizVersion.title(),
                quizVersion.totalPoints(),
                quizVersion.version());
    }

    private static ScoreChange change(Attempt before, Attempt next, Cause cause) {
        return new ScoreChange(
                UuidCreator.getTimeOrderedEpoch(),
                next.id(),
                cause.questionId(),
                cause.kind(),
                CallScope.current().caller().key(),
                before.score(),
                next.score(),
                next.maxScore(),
                next.keyVersion(),
                cause.now());
    }
}
