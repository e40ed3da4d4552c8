package org.aula.kernel.saga;

import io.micronaut.data.annotation.MappedEntity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A row of `sagas`. Its methods return the next state.
///
/// @param attempts tries of this step that failed
/// @param stepAt when the saga came to this step, in this direction
/// @param dueAt when a replica may take it: the end of a lease, of a pause, or of the time that is waited
///     for an outcome; null when it ended
/// @param failure the last one, for people; empty when there was none
/// @param version grows with every change, so that who lost the lease changes nothing
@MappedEntity("sagas")
record SagaRow(
        String kind,
        UUID id,
        SagaState state,
        String step,
        int attempts,
        Instant stepAt,
        @Nullable Instant dueAt,
        String failure,
        long version) {

    /// After this time somebody is told that a step is not undone.
    static final Duration UNDONE_WITHIN = Duration.ofDays(1);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(15);
    private static final Duration STUCK_PAUSE = Duration.ofHours(1);

    static SagaRow begin(Saga saga, UUID id, Instant now) {
        return at(saga, id, SagaState.RUNNING, saga.steps().getFirst().name(), now);
    }

    static SagaRow at(Saga saga, UUID id, SagaState state, String step, Instant now) {
        return new SagaRow(saga.kind(), id, state, step, 0, now, now, "", 1);
    }

    SagaStep current(Saga saga) {
        return saga.steps().get(indexOf(saga.steps()));
    }

    /// Whether a replica may take it.
    boolean isDue(Instant now) {
        return dueAt != null && !dueAt.isAfter(now);
    }

    /// The saga as it is written, not to be taken by others before then.
    SagaRow held(@Nullable Instant until) {
        return new SagaRow(kind, id, state, step, attempts, stepAt, until, failure, version + 1);
    }

    /// Whether the step's patience is over.
    boolean isTooLate(SagaStep current, Instant now) {
        return state == SagaState.RUNNING && !now.isBefore(stepAt.plus(current.patience()));
    }

    /// The step is done, or undone.
    SagaRow advance(Saga saga, Instant now) {
        var steps = saga.steps();
        var forward = state == SagaState.RUNNING;
        var next = indexOf(steps) + (forward ? 1 : -1);
        if (next == steps.size()) {
            return to(SagaState.COMPLETED, "", now, null, "");
        }
        if (next < 0) {
            return to(SagaState.FAILED, "", now, null, failure);
        }
        return forward
                ? to(SagaState.RUNNING, steps.get(next).name(), now, now, "")
                : to(SagaState.COMPENSATING, steps.get(next).name(), now, now, failure);
    }

    /// The step is begun, and its outcome will be told. What is not told in time is given up, or asked for
    /// again.
    SagaRow await(SagaStep current, Instant now) {
        if (state == SagaState.RUNNING) {
            return retry(state, stepAt.plus(current.patience()), 0, failure);
        }
        return retry(
                isOverdue(now) ? SagaState.STUCK : state,
                now.plus(current.patience()),
                0,
                isOverdue(now) ? "nobody says that it is undone" : failure);
    }

    /// The step is given up: it and all before it are undone.
    SagaRow compensate(String reason, Instant now) {
        return to(SagaState.COMPENSATING, step, now, now, reason);
    }

    /// The step failed, and may come to its end by another try.
    SagaRow retry(String reason, Instant now) {
        return isOverdue(now) ? stick(reason, now) : retry(state, now.plus(pause()), attempts + 1, reason);
    }

    /// The step cannot be undone as it is.
    SagaRow stick(String reason, Instant now) {
        return retry(SagaState.STUCK, now.plus(STUCK_PAUSE), attempts + 1, reason);
    }

    private boolean isOverdue(Instant now) {
        return state == SagaState.STUCK || state == SagaState.COMPENSATING && !now.isBefore(stepAt.plus(UNDONE_WITHIN));
    }

    private Duration pause() {
        var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts, 10));
        return pause.compareTo(MAX_PAUSE) < 0 ? pause : MAX_PAUSE;
    }

    private int indexOf(List<SagaStep> steps) {
        for (var index = 0; index < steps.size(); index++) {
            if (steps.get(index).name().equals(step)) {
                return index;
            }
        }
        throw new IllegalStateException("saga " + kind + " has no step " + step);
    }

    private SagaRow to(SagaState next, String nextStep, Instant now, @Nullable Instant due, String reason) {
        return new SagaRow(kind, id, next, nextStep, 0, now, due, reason, version);
    }

    private SagaRow retry(SagaState next, Instant due, int tries, String reason) {
        return new SagaRow(kind, id, next, step, tries, stepAt, due, reason, version);
    }
}
