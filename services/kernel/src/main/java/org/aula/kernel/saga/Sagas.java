package org.aula.kernel.saga;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.postgres.Session;
import org.aula.kernel.time.Times;

/// Begins sagas and tells them what they wait for. Each is a row of `sagas`, changed in the transaction of
/// what goes with it; whatever crashes, the next replica that finds it due goes on with it.
///
/// ```
/// RUNNING --step done, the last one--> COMPLETED
/// RUNNING --step refused, or its patience over--> COMPENSATING --steps undone, the first one--> FAILED
/// COMPENSATING --undoing refused, or not done within a day--> STUCK --undone after all--> as COMPENSATING
/// ```
@Singleton
public final class Sagas {

    private static final List<String> RUNNING = List.of(SagaState.RUNNING.name());
    private static final List<String> OPEN =
            List.of(SagaState.RUNNING.name(), SagaState.COMPENSATING.name(), SagaState.STUCK.name());

    private final SagaRepository repository;
    private final SagaRunner runner;
    private final Database database;
    private final Clock clock;

    Sagas(SagaRepository repository, SagaRunner runner, Database database, Clock clock) {
        this.repository = repository;
        this.runner = runner;
        this.database = database;
        this.clock = clock;
    }

    /// Begins a saga in the caller's transaction; its first step follows the commit. One that failed begins
    /// anew.
    ///
    /// @param kind of a [Saga] of this service
    /// @param id of what it is about, such as an account or an order
    /// @return false when it runs or is completed; then nothing changed
    public boolean start(String kind, UUID id) {
        return start(SagaRow.begin(runner.saga(kind), id, Times.now(clock)));
    }

    /// Begins a saga whose first step is done here, in the caller's transaction.
    ///
    /// @param first what came of the first step; what it writes is written now
    /// @return as [#start(String, UUID)]
    public boolean start(String kind, UUID id, StepResult first) {
        var saga = runner.saga(kind);
        var now = Times.now(clock);
        var begun = SagaRow.begin(saga, id, now);
        var next = first.isDone()
                ? begun.advance(saga, now)
                : begun.await(saga.steps().getFirst(), now);
        if (!start(next)) {
            return false;
        }
        first.write().run();
        SagaRunner.end(saga, next);
        return true;
    }

    /// How far a saga has come; empty when there was none, or it ended long ago. Within the caller's work.
    public Optional<SagaState> find(String kind, UUID id) {
        return repository.findState(kind, id);
    }

    /// What a step waited for has come: the saga goes on behind it, in the caller's transaction.
    ///
    /// @param step that is done
    /// @return false when the saga is not at this step, or being undone; then nothing changed
    public boolean completeStep(String kind, UUID id, String step) {
        return move(kind, id, SagaState.RUNNING, step, RUNNING);
    }

    /// Nothing is there of a step, because it could not be done or is undone: what was done before it is
    /// undone, in the caller's transaction and after it.
    ///
    /// @param step of which nothing is there
    /// @return false when the saga is not at this step; then nothing changed
    public boolean failStep(String kind, UUID id, String step) {
        return move(kind, id, SagaState.COMPENSATING, step, OPEN);
    }

    /// Sagas that cannot be undone, each as a line for people.
    public List<String> stuck() {
        return database.query(repository::stuckLines);
    }

    /// Tries those that are stuck within seconds, not within the hour.
    ///
    /// @return how many
    public int retryStuck() {
        return database.transact(() -> repository.retryStuck(Times.now(clock)));
    }

    private boolean start(SagaRow begun) {
        var begins =
                repository.start(begun.kind(), begun.id(), begun.state(), begun.step(), begun.dueAt(), begun.stepAt())
                        == 1;
        if (begins) {
            wakeAfterCommit(begun);
        }
        return begins;
    }

    private boolean move(String kind, UUID id, SagaState state, String step, List<String> from) {
        var saga = runner.saga(kind);
        var now = Times.now(clock);
        var next = SagaRow.at(saga, id, state, step, now).advance(saga, now);
        if (repository.move(kind, id, step, from, next.state(), next.step(), next.dueAt(), now) == 0) {
            return false;
        }
        SagaRunner.end(saga, next);
        wakeAfterCommit(next);
        return true;
    }

    private void wakeAfterCommit(SagaRow row) {
        if (row.isDue(row.stepAt())) {
            Session.current().afterCommit(() -> runner.wake(row.kind(), row.id()));
        }
    }
}
