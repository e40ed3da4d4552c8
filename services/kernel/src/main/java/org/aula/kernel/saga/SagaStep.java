package org.aula.kernel.saga;

import java.time.Duration;
import java.util.UUID;

/// A step of a [Saga].
///
/// Both actions run outside of any transaction, by one replica at a time, and may run again: after a crash,
/// or when a call had its effect and its answer was lost. So each has one effect however often it comes. An
/// action that throws a refusal is not tried again; any other failure is passing.
///
/// @param name unique in the saga, such as `make user`
/// @param patience from when the saga comes to this step until it is given up and undone; how long the
///     undoing waits before it is asked for again
/// @param run does it
/// @param undo takes back whatever there is of it, also when nothing is
public record SagaStep(String name, Duration patience, Action run, Action undo) {

    /// What a step does, with the saga's id.
    @FunctionalInterface
    public interface Action {
        StepResult apply(UUID id) throws Exception;
    }

    /// @throws IllegalArgumentException for a patience of nothing
    public SagaStep {
        if (!patience.isPositive()) {
            throw new IllegalArgumentException("a step without patience would be given up before it is tried");
        }
    }

    /// A step of which nothing is left that could be taken back.
    public SagaStep(String name, Duration patience, Action run) {
        this(name, patience, run, id -> StepResult.done());
    }

    Action action(SagaState state) {
        return state == SagaState.RUNNING ? run : undo;
    }
}
