package org.aula.kernel.saga;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A saga of three steps, which notes what was done for each id. A step does what its name says unless a
/// test has planned something else for this id.
final class Checkout implements Saga {

    static final String KIND = "test.checkout";
    static final String HOLD = "hold seat";
    static final String CHARGE = "charge";
    static final String FULFIL = "fulfil";
    static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Map<UUID, List<String>> done = new ConcurrentHashMap<>();
    private final Map<String, SagaStep.Action> plans = new ConcurrentHashMap<>();

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public List<SagaStep> steps() {
        return List.of(step(HOLD), step(CHARGE), step(FULFIL));
    }

    @Override
    public void completed(UUID id) {
        note(id, "completed");
    }

    @Override
    public void failed(UUID id) {
        note(id, "failed");
    }

    /// @param what a step's name, or `undo` and a step's name
    void plan(UUID id, String what, SagaStep.Action action) {
        plans.put(what + id, action);
    }

    void forget(UUID id, String what) {
        plans.remove(what + id);
    }

    /// What was done, in order.
    List<String> done(UUID id) {
        return List.copyOf(done.getOrDefault(id, List.of()));
    }

    void note(UUID id, String what) {
        done.computeIfAbsent(id, key -> new CopyOnWriteArrayList<>()).add(what);
    }

    private SagaStep step(String name) {
        return new SagaStep(name, PATIENCE, id -> act(id, name), id -> act(id, "undo " + name));
    }

    private StepResult act(UUID id, String what) throws Exception {
        note(id, what);
        return plans.getOrDefault(what + id, any -> StepResult.done()).apply(id);
    }
}
