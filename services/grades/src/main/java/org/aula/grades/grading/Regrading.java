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
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.time.Times;
import org.jdbi.v3.core.Handle;

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
    private final Transactions transactions;
    private final Clock clock;

    Regrading(
            AttemptRepository attempts,
            ResponseRepository responses,
            ScoreUpdate scoreUpdate,
            QuizVersions quizVersions,
            Transactions transactions,
            Clock clock) {
        this.attempts = attempts;
        this.responses = responses;
        this.scoreUpdate = scoreUpdate;
        this.quizVersions = quizVersions;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void run(OperationRun run) {
        var quizId = GradingMapper.quizOf(run.input());
        var quizVersion = transactions.read(handle -> last(handle, quizId));
        var total = transactions.read(handle -> attempts.countSubmitted(handle, quizId));
        var done = 0L;
        var after = FIRST;
        while (true) {
            var from = after;
            var ids = transactions.read(handle -> attempts.findSubmitted(handle, quizId, from, BATCH));
            for (var id : ids) {
                transactions.writeVoid(handle -> regrade(handle, id, quizVersion));
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

    private QuizVersion last(Handle handle, UUID quizId) {
        var quiz = quizVersions.find(handle, quizId).orElseThrow(GradingGrpcService::quizNotFound);
        return quizVersions.get(handle, quizId, quiz.version());
    }

    private void regrade(Handle handle, UUID attemptId, QuizVersion quizVersion) {
        var before = attempts.lock(handle, attemptId).orElseThrow();
        if (before.keyVersion() >= quizVersion.version()) {
            return;
        }
        var now = Times.now(clock);
        responses.mark(handle, attemptId, marked(handle, before, quizVersion), now);
        scoreUpdate.apply(
                handle,
                before,
                before.regraded(quizVersion.version()),
                responses.total(handle, attemptId),
                quizVersion,
                new Cause(ScoreChange.Kind.REGRADE, null, now));
    }

    /// What the machine graded, by the last version's keys. A question that is gone, or is asked in another
    /// way by now, keeps what it gave.
    private List<Marked> marked(Handle handle, Attempt attempt, QuizVersion quizVersion) {
        var own = quizVersions.get(handle, attempt.quizId(), attempt.quizVersion());
        return responses.list(handle, attempt.id()).stream()
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
