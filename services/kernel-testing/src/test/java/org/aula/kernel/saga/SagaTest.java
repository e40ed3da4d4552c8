package org.aula.kernel.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.StoreUnavailableException;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.PinnedClock;
import org.aula.kernel.testing.TestPlatform;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Two replicas of a service on one database. Sagas are moved by the sweep, which both run of themselves
/// too.
final class SagaTest {

    private static final Duration LEASE = Duration.ofMillis(600);
    private static final PinnedClock CLOCK = new PinnedClock();
    private static final Checkout checkout = new Checkout();

    @RegisterExtension
    static final TestPlatform platform = replica();

    @RegisterExtension
    static final TestPlatform other = replica();

    private final UUID id = UUID.randomUUID();

    private static TestPlatform replica() {
        return TestPlatform.with("courses").at(CLOCK).bean(checkout).setting("AULA_SAGA_LEASE", LEASE.toString());
    }

    @Test
    void goesThroughItsStepsInOrder() throws Exception {
        start();

        awaitState(SagaState.COMPLETED);
        assertThat(done()).containsExactly("hold seat", "charge", "fulfil", "completed");
    }

    @Test
    void aTransactionThatFailsBeginsNothing() throws Exception {
        assertThatThrownBy(() -> transact(() -> {
                    sagas().start(Checkout.KIND, id);
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        sweep();

        assertThat(state()).isNull();
        assertThat(done()).isEmpty();
    }

    @Test
    void aRefusedStepIsUndoneAndAllBeforeItTheLastOneFirst() throws Exception {
        checkout.plan(id, "charge", any -> {
            throw refusal("card declined");
        });
        start();

        awaitState(SagaState.FAILED);
        assertThat(done()).containsExactly("hold seat", "charge", "undo charge", "undo hold seat", "failed");
        assertThat(column(String.class, "failure")).isEqualTo("card declined");
    }

    @Test
    void oneThatFailedBeginsAnewAndAnyOtherStaysAsItIs() throws Exception {
        checkout.plan(id, "charge", any -> {
            throw refusal("card declined");
        });
        start();
        awaitState(SagaState.FAILED);
        checkout.forget(id, "charge");

        assertThat(start()).isTrue();

        awaitState(SagaState.COMPLETED);
        assertThat(start()).isFalse();
        assertThat(done()).endsWith("failed", "hold seat", "charge", "fulfil", "completed");
        assertThat(column(String.class, "failure")).isEmpty();
    }

    @Test
    void whatCannotBeDoneNowIsTriedAgainUntilItsPatienceIsOver() throws Exception {
        checkout.plan(id, "charge", any -> {
            throw new StoreUnavailableException("mongo", new IllegalStateException());
        });
        start();
        await("one try", () -> column(Integer.class, "attempts") == 1);
        assertThat(state()).isEqualTo(SagaState.RUNNING);

        advance(Duration.ofSeconds(2));
        await("two tries", () -> column(Integer.class, "attempts") == 2);
        advance(Checkout.PATIENCE);

        awaitState(SagaState.FAILED);
        assertThat(done()).containsExactly("hold seat", "charge", "charge", "undo charge", "undo hold seat", "failed");
        assertThat(column(String.class, "failure")).isEqualTo("not done within PT10M");
    }

    @Test
    void aFailureThatNobodyForesawIsTriedAgainToo() throws Exception {
        checkout.plan(id, "charge", any -> {
            checkout.forget(id, "charge");
            throw new IllegalStateException("a fault");
        });
        start();
        await("one try", () -> column(Integer.class, "attempts") == 1);

        advance(Duration.ofSeconds(2));

        awaitState(SagaState.COMPLETED);
        assertThat(done()).containsExactly("hold seat", "charge", "charge", "fulfil", "completed");
    }

    @Test
    void whatAReplicaHadDoneAndNotNotedWhenItDiedIsDoneAgain() throws Exception {
        checkout.plan(id, "charge", any -> {
            checkout.forget(id, "charge");
            throw new Died();
        });
        start();
        await("the charge", () -> done().contains("charge"));
        sweep();
        assertThat(done()).containsExactly("hold seat", "charge");

        advance(LEASE);

        awaitState(SagaState.COMPLETED);
        assertThat(done()).containsExactly("hold seat", "charge", "charge", "fulfil", "completed");
    }

    @Test
    void whatAReplicaHadUndoneAndNotNotedWhenItDiedIsUndoneAgain() throws Exception {
        checkout.plan(id, "charge", any -> {
            throw refusal("card declined");
        });
        checkout.plan(id, "undo charge", any -> {
            checkout.forget(id, "undo charge");
            throw new Died();
        });
        start();
        await("the undoing", () -> done().contains("undo charge"));

        advance(LEASE);

        awaitState(SagaState.FAILED);
        assertThat(done())
                .containsExactly("hold seat", "charge", "undo charge", "undo charge", "undo hold seat", "failed");
    }

    @Test
    void aStepThatTakesLongKeepsItsLease() throws Exception {
        var over = new CountDownLatch(1);
        checkout.plan(id, "charge", any -> {
            over.await();
            return StepResult.done();
        });
        start();
        await("the charge", () -> done().contains("charge"));
        for (var third = 0; third < 6; third++) {
            CLOCK.advance(LEASE.dividedBy(2));
            awaitRenewed();
            sweep();
        }

        over.countDown();

        awaitState(SagaState.COMPLETED);
        assertThat(done()).containsExactly("hold seat", "charge", "fulfil", "completed");
    }

    @Test
    void whoLostTheLeaseNotesNothing() throws Exception {
        var written = new AtomicInteger();
        var over = new CountDownLatch(1);
        checkout.plan(id, "charge", any -> {
            checkout.forget(id, "charge");
            over.await();
            return StepResult.done(written::incrementAndGet);
        });
        start();
        await("the charge", () -> done().contains("charge"));
        checkout.plan(id, "charge", any -> StepResult.done(written::incrementAndGet));
        platform.superuser()
                .useHandle(handle -> handle.execute("UPDATE courses.sagas SET version = version + 1 WHERE id = ?", id));

        advance(LEASE);
        awaitState(SagaState.COMPLETED);
        over.countDown();

        assertThat(done()).containsExactly("hold seat", "charge", "charge", "fulfil", "completed");
        assertThat(written).hasValue(1);
    }

    @Test
    void twoReplicasAtOnceDoEachStepOnce() throws Exception {
        var ids = Stream.generate(UUID::randomUUID).limit(20).toList();
        transact(() -> {
            ids.forEach(each -> sagas().start(Checkout.KIND, each));
            return true;
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var sweeps = new ArrayList<java.util.concurrent.Future<?>>();
            for (var replica : List.of(platform, other, platform, other)) {
                sweeps.add(threads.submit(() -> {
                    sweep(replica);
                    return true;
                }));
            }
            for (var each : sweeps) {
                each.get();
            }
        }

        for (var each : ids) {
            Await.untilHolds(() ->
                    assertThat(checkout.done(each)).containsExactly("hold seat", "charge", "fulfil", "completed"));
        }
    }

    @Test
    void anOutcomeThatIsWaitedForMovesItOn() throws Exception {
        checkout.plan(id, "charge", any -> StepResult.waiting());
        start();
        await("waiting", this::waits);
        advance(Duration.ofMinutes(9));
        assertThat(done()).containsExactly("hold seat", "charge");

        assertThat(tell(() -> sagas().completeStep(Checkout.KIND, id, Checkout.HOLD)))
                .isFalse();
        assertThat(tell(() -> sagas().completeStep(Checkout.KIND, id, Checkout.CHARGE)))
                .isTrue();

        awaitState(SagaState.COMPLETED);
        assertThat(tell(() -> sagas().completeStep(Checkout.KIND, id, Checkout.CHARGE)))
                .isFalse();
        assertThat(tell(() -> sagas().failStep(Checkout.KIND, id, Checkout.CHARGE)))
                .isFalse();
        assertThat(done()).containsExactly("hold seat", "charge", "fulfil", "completed");
    }

    @Test
    void anOutcomeThatComesBeforeTheAnswerCounts() throws Exception {
        var written = new AtomicInteger();
        checkout.plan(id, "charge", any -> {
            tell(() -> sagas().completeStep(Checkout.KIND, id, Checkout.CHARGE));
            return StepResult.waiting(written::incrementAndGet);
        });
        start();

        awaitState(SagaState.COMPLETED);
        assertThat(done()).containsExactly("hold seat", "charge", "fulfil", "completed");
        assertThat(written).hasValue(0);
    }

    @Test
    void whatIsSaidToHaveFailedIsNotUndoneItself() throws Exception {
        checkout.plan(id, "charge", any -> StepResult.waiting());
        start();
        await("waiting", this::waits);

        assertThat(tell(() -> sagas().failStep(Checkout.KIND, id, Checkout.CHARGE)))
                .isTrue();

        awaitState(SagaState.FAILED);
        assertThat(done()).containsExactly("hold seat", "charge", "undo hold seat", "failed");
    }

    @Test
    void anOutcomeThatNobodyTellsIsGivenUpAndItsUndoingAskedForAgain() throws Exception {
        checkout.plan(id, "charge", any -> StepResult.waiting());
        checkout.plan(id, "undo charge", any -> StepResult.waiting());
        start();
        await("waiting", this::waits);
        advance(Checkout.PATIENCE);
        await("being undone", () -> done().contains("undo charge") && waits());

        assertThat(tell(() -> sagas().completeStep(Checkout.KIND, id, Checkout.CHARGE)))
                .isFalse();
        advance(Checkout.PATIENCE);
        await("asked again", () -> done().size() == 4 && waits());
        assertThat(tell(() -> sagas().failStep(Checkout.KIND, id, Checkout.CHARGE)))
                .isTrue();

        awaitState(SagaState.FAILED);
        assertThat(done())
                .containsExactly("hold seat", "charge", "undo charge", "undo charge", "undo hold seat", "failed");
    }

    @Test
    void anUndoingThatIsRefusedIsTold() throws Exception {
        checkout.plan(id, "fulfil", any -> {
            throw refusal("course is gone");
        });
        checkout.plan(id, "undo charge", any -> {
            throw refusal("refund refused");
        });
        var toldBefore = told();
        start();

        awaitState(SagaState.STUCK);
        Await.untilHolds(() -> assertThat(told()).isEqualTo(toldBefore + 1));
        assertThat(stuck())
                .anyMatch(line -> line.startsWith("test.checkout " + id + " cannot undo \"charge\" since ")
                        && line.endsWith(": refund refused"));

        advance(Duration.ofHours(1));
        await("another try", () -> column(Integer.class, "attempts") == 2);
        assertThat(told()).isEqualTo(toldBefore + 1);
        checkout.forget(id, "undo charge");
        platform.inside("courses", () -> sagas().retryStuck());
        sweep();

        awaitState(SagaState.FAILED);
        assertThat(stuck()).noneMatch(line -> line.contains(id.toString()));
        assertThat(done()).endsWith("undo charge", "undo charge", "undo charge", "undo hold seat", "failed");
    }

    @Test
    void anUndoingThatIsNotDoneWithinADayIsTold() throws Exception {
        checkout.plan(id, "charge", any -> {
            throw refusal("card declined");
        });
        checkout.plan(id, "undo hold seat", any -> {
            throw new StoreUnavailableException("mongo", new IllegalStateException());
        });
        start();
        await("a try", () -> done().contains("undo hold seat") && column(Integer.class, "attempts") == 1);
        advance(Duration.ofHours(23));
        await("another try", () -> column(Integer.class, "attempts") == 2);
        assertThat(state()).isEqualTo(SagaState.COMPENSATING);

        advance(Duration.ofHours(1));

        awaitState(SagaState.STUCK);
        checkout.forget(id, "undo hold seat");
        advance(Duration.ofHours(1));
        awaitState(SagaState.FAILED);
    }

    @Test
    void whatAFirstStepWritesIsWrittenWithTheBeginning() throws Exception {
        var written = new AtomicInteger();

        tell(() -> sagas().start(Checkout.KIND, id, StepResult.waiting(written::incrementAndGet)));

        assertThat(written).hasValue(1);
        assertThat(tell(() -> sagas().completeStep(Checkout.KIND, id, Checkout.HOLD)))
                .isTrue();
        awaitState(SagaState.COMPLETED);
        assertThat(done()).containsExactly("charge", "fulfil", "completed");
    }

    /// Ends a thread as a process that is killed ends all of them: nothing of it is caught.
    private static final class Died extends Error {
        Died() {
            super("a replica is gone; this is meant", null, false, false);
        }
    }

    private static RuntimeException refusal(String message) {
        return Errors.notFound(ErrorReason.ERROR_REASON_COURSE_NOT_FOUND, message);
    }

    private static Sagas sagas() {
        return platform.bean("courses", Sagas.class);
    }

    private boolean start() throws Exception {
        return tell(() -> sagas().start(Checkout.KIND, id));
    }

    private static boolean tell(Supplier<Boolean> what) throws Exception {
        return transact(what);
    }

    private static <T> T transact(Supplier<T> work) throws Exception {
        return platform.inside(
                "courses", () -> platform.bean("courses", Database.class).transact(work));
    }

    private static void sweep() throws Exception {
        sweep(platform);
        sweep(other);
    }

    private static void sweep(TestPlatform replica) throws Exception {
        replica.inside("courses", () -> {
            replica.bean("courses", SagaJob.class).run();
            return true;
        });
    }

    private static void advance(Duration duration) throws Exception {
        CLOCK.advance(duration);
        sweep();
    }

    private List<String> done() {
        return checkout.done(id);
    }

    private static double told() {
        return Stream.of(platform, other)
                .mapToDouble(replica -> replica.bean("courses", MeterRegistry.class)
                        .counter("sagas.stuck", "kind", Checkout.KIND)
                        .count())
                .sum();
    }

    private static List<String> stuck() throws Exception {
        return platform.inside("courses", () -> sagas().stuck());
    }

    private @Nullable SagaState state() throws Exception {
        return platform.inside(
                "courses",
                () -> platform.bean("courses", Database.class)
                        .query(() -> sagas().find(Checkout.KIND, id))
                        .orElse(null));
    }

    private <T> T column(Class<T> type, String name) {
        return platform.superuser()
                .withHandle(handle -> handle.createQuery("SELECT " + name + " FROM courses.sagas WHERE id = ?")
                        .bind(0, id)
                        .mapTo(type)
                        .one());
    }

    /// Whether it is due later than any lease.
    private boolean waits() {
        return column(Instant.class, "due_at").isAfter(CLOCK.instant().plus(LEASE));
    }

    private void awaitRenewed() throws Exception {
        var renewed = CLOCK.instant().plus(LEASE);
        await("the renewal", () -> !column(Instant.class, "due_at").isBefore(renewed));
    }

    private void awaitState(SagaState state) throws Exception {
        Await.untilHolds(() -> assertThat(state()).isEqualTo(state));
    }

    private static void await(String what, Await.Question question) throws Exception {
        Await.until(what, question);
    }
}
