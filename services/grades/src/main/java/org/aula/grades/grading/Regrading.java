package org.aula.grades.grading;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.aula.grades.attempt.Attempt;
import org.aula.grades.attempt.AttemptRepository;
import org.aula.grades.attempt.Response;
import org.aula.grades.attempt.Response.Marked;
import org.aula.grades.attempt.ResponseRepository;
import org.aula.grades.attempt.ScoreChange;
import org.aula.grades.attempt.ScoreUpdate;
import org.aula.grades.attempt.ScoreUpdate.Cause;
import org.aula.grades.quiz.AutoGrade;
import org.aula.grades.quiz.QuizVersion;
import org.aula.grades.quiz.QuizVersions;
import org.aula.kernel.operation.OperationRun;
import org.aula.kernel.operation.OperationWorker;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.time.Times;

/// Grades the attempts at a quiz by the keys and points of its last version, each in a transaction of its
/// own. An attempt that was graded by that version already is passed over: so a run after a crash goes on
/// where the last one ended, and nothing is to be taken back.
@Singleton
final class Regrading implements OperationWorker {

    static final String KIND = "grades.regrade";

    private static final int BATCH = 200;
    private static final UUID FIRST = new UUID(0, 0);

    private final AttemptRepository attempts;
    private final ResponseRepository responses;
    private final ScoreUpdate scoreUpdate;
    private final QuizVersions quizVersions;
    private final Database database;
    private final Clock clock;

    Regrading(
            AttemptRepository attempts,
            ResponseRepository responses,
            ScoreUpdate scoreUpdate,
            QuizVersions quizVersions,
            Database database,
            Clock clock) {
        this.attempts = attempts;
        this.responses = responses;
        this.scoreUpdate = scoreUpdate;
        this.quizVersions = quizVersions;
        this.database = database;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void run(OperationRun run) {
        var quizId = GradingMapper.quizOf(run.input());
        var quizVersion = database.query(() -> last(quizId));
        var total = database.query(() -> attempts.countSubmitted(quizId));
        var done = 0L;
        var after = FIRST;
        while (true) {
            var from = after;
            var ids = database.query(() -> attempts.findSubmitted(quizId, from, BATCH));
            for (var id : ids) {
                database.transact(() -> regrade(id, quizVersion));
                run.progress(++done, Math.max(done, total));
            }
            if (ids.size() < BATCH) {
                return;
            }
            after = ids.getLast();
        }
    }

    @Override
    public void undo(OperationRun run) {
        // Grades that were given stay; their history tells of them.
    }

    private QuizVersion last(UUID quizId) {
        return quizVersions.get(quizId, quizVersions.require(quizId).version());
    }

    private void regrade(UUID attemptId, QuizVersion quizVersion) {
        var before = attempts.lock(attemptId).orElseThrow();
        if (before.keyVersion() >= quizVersion.version()) {
            return;
        }
        var now = Times.now(clock);
        responses.mark(attemptId, marked(before, quizVersion), now);
        scoreUpdate.apply(
                before,
                before.regraded(quizVersion.version()),
                responses.total(attemptId),
                quizVersion,
                new Cause(ScoreChange.Kind.REGRADE, null, now));
    }

    /// What the machine graded, by the last version's keys. A question that is gone, or is asked in another
    /// way by now, keeps what it gave.
    private List<Marked> marked(Attempt attempt, QuizVersion quizVersion) {
        var own = quizVersions.get(attempt.quizId(), attempt.quizVersion());
        return responses.list(attempt.id()).stream()
                .filter(response -> response.autoGraded() && response.state() == Response.State.GRADED)
                .flatMap(response -> quizVersion
                        .question(response.questionId())
                        .filter(later -> own.question(later.id())
                                .filter(asked ->
                                        asked.form().getClass() == later.form().getClass())
                                .isPresent())
                        .map(later -> new Marked(
                                later.id(),
                                null,
                                AutoGrade.of(later, response.answer()),
                                BigDecimal.valueOf(later.points())))
                        .stream())
                .toList();
    }
}
