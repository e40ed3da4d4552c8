package org.aula.auth.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.aula.kernel.error.Errors;
import org.aula.kernel.testing.Await;
import org.junit.jupiter.api.Test;

class SingleFlightTest {

    private final SingleFlight<String, Integer> gathering = new SingleFlight<>();
    private final AtomicInteger times = new AtomicInteger();

    @Test
    void thoseWhoComeWhileTheWorkIsDoneShareTheNextTime() throws Exception {
        var begun = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = executor.submit(() -> gathering.get("key", () -> {
                begun.countDown();
                awaitQuietly(mayEnd);
                return times.incrementAndGet();
            }));
            begun.await();
            var waiting = new AtomicInteger();
            List<Future<Integer>> others = new ArrayList<>();
            for (int asker = 0; asker < 50; asker++) {
                others.add(executor.submit(() -> {
                    waiting.incrementAndGet();
                    return gathering.get("key", times::incrementAndGet);
                }));
            }
            Await.until("all wait", () -> waiting.get() == 50);
            Thread.sleep(100);
            assertThat(executor.submit(() -> gathering.get("another key", () -> -1))
                            .get())
                    .isEqualTo(-1);

            mayEnd.countDown();

            assertThat(first.get()).isEqualTo(1);
            for (var other : others) {
                assertThat(other.get()).isEqualTo(2);
            }
        }
        assertThat(gathering.get("key", times::incrementAndGet)).isEqualTo(3);
    }

    @Test
    void aRefusalIsForAllAndWhatMayPassOnlyForTheFirst() throws Exception {
        assertThat(failTogether(new IllegalArgumentException("no"))).isEqualTo(10);
        assertThat(failTogether(Errors.storeUnavailable("postgres"))).isEqualTo(1);
        assertThatThrownBy(() -> gathering.get("key", () -> {
                    throw new IllegalArgumentException("no");
                }))
                .hasMessage("no");
    }

    /// How many of ten who ask at once are told of a failure that happens once.
    private int failTogether(RuntimeException failure) throws Exception {
        var failed = new AtomicInteger();
        var once = new AtomicInteger();
        var begun = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var blocker = executor.submit(() -> gathering.get("key", () -> {
                begun.countDown();
                awaitQuietly(mayEnd);
                return 0;
            }));
            begun.await();
            var waiting = new AtomicInteger();
            List<Future<Integer>> askers = new ArrayList<>();
            for (int asker = 0; asker < 10; asker++) {
                askers.add(executor.submit(() -> {
                    waiting.incrementAndGet();
                    return gathering.get("key", () -> {
                        if (once.getAndIncrement() == 0) {
                            throw failure;
                        }
                        return 1;
                    });
                }));
            }
            Await.until("all wait", () -> waiting.get() == 10);
            Thread.sleep(100);
            mayEnd.countDown();
            assertThat(blocker.get()).isZero();
            for (var asker : askers) {
                try {
                    assertThat(asker.get()).isEqualTo(1);
                } catch (java.util.concurrent.ExecutionException told) {
                    failed.incrementAndGet();
                }
            }
        }
        return failed.get();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
