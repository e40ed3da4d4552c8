package org.aula.courses.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.aula.kernel.redis.Cache;
import org.aula.kernel.redis.Caches;
import org.aula.kernel.redis.Redis;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What the kernel's cache promises, with two caches that stand for two processes.
class CacheTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses");

    private final String prefix = "cache:course:test-" + UUID.randomUUID() + ":";
    private final Cache here = cache();
    private final Cache there = cache();
    private final AtomicInteger loads = new AtomicInteger();

    private Cache cache() {
        return platform.bean("courses", Caches.class).of(prefix, Duration.ofMinutes(1));
    }

    private static Redis redis() {
        return platform.bean("courses", Redis.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Optional<byte[]> load(String value) {
        loads.incrementAndGet();
        return Optional.of(bytes(value));
    }

    private static String text(Optional<byte[]> value) {
        return value.map(found -> new String(found, StandardCharsets.UTF_8)).orElse("nothing");
    }

    private String read(Cache cache, String value) {
        return text(cache.get("key", () -> load(value)));
    }

    /// The first who asks only has Redis looked after.
    @BeforeEach
    void redisIsKnownToBeThere() throws Exception {
        Await.until("Redis is used", () -> {
            here.get("warm", () -> Optional.of(bytes("warm")));
            return redis().commands().exists(prefix + "warm") == 1;
        });
    }

    @Test
    void whatWasLoadedIsKeptForAll() {
        assertThat(read(here, "first")).isEqualTo("first");
        assertThat(read(here, "second")).isEqualTo("first");
        assertThat(read(there, "third")).isEqualTo("first");
        assertThat(redis().commands().ttl(prefix + "key")).isBetween(50L, 60L);
        here.drop("key");
        assertThat(read(there, "fourth")).isEqualTo("fourth");
        there.dropAll();
        assertThat(read(here, "fifth")).isEqualTo("fifth");
    }

    @Test
    void twoHundredInTwoProcessesLoadOnce() throws Exception {
        var answers = atOnce(
                200,
                number -> text((number % 2 == 0 ? here : there).get("key", () -> {
                    sleep(100);
                    return load("value");
                })));
        assertThat(answers).hasSize(200).containsOnly("value");
        assertThat(loads).hasValue(1);
    }

    @Test
    void manyAreLoadedTogetherAndOnlyThoseThatLack() {
        read(here, "kept");
        var asked = new ArrayList<String>();
        var values = here.get(List.of("key", "one", "two", "none"), keys -> {
            asked.addAll(keys);
            return Map.of("one", bytes("1"), "two", bytes("2"));
        });
        assertThat(asked).containsExactlyInAnyOrder("one", "two", "none");
        assertThat(values).containsOnlyKeys("key", "one", "two");
        assertThat(redis().commands().exists(prefix + "none"))
                .as("what does not exist leaves no lease behind")
                .isZero();
    }

    @Test
    void whatWasReadBeforeADropIsNotKeptAfterIt() throws Exception {
        for (Runnable drop :
                List.<Runnable>of(() -> there.drop("key"), there::dropAll, () -> here.drop("key"), here::dropAll)) {
            var row = new AtomicReference<>("old");
            var loader = slow(row);
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var late = threads.submit(() -> text(here.get("key", loader)));
                loader.hasRead.await();
                row.set("new");
                drop.run();
                assertThat(text(there.get("key", () -> load(value(row)))))
                        .as("whoever comes after the drop waits for nobody from before")
                        .isEqualTo("new");
                loader.mayReturn.countDown();
                assertThat(late.get()).isEqualTo("old");
            }
            assertThat(read(here, "newest")).isEqualTo("new");
            assertThat(read(there, "newest")).isEqualTo("new");
            here.drop("key");
        }
    }

    @Test
    void whoWaitedForALoadThatADropOvertookLoadsAnew() throws Exception {
        var row = new AtomicReference<>("old");
        var loader = slow(row);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> text(here.get("key", loader)));
            loader.hasRead.await();
            row.set("new");
            there.drop("key");
            var second = threads.submit(() -> text(here.get("key", () -> load(value(row)))));
            sleep(100);
            loader.mayReturn.countDown();
            assertThat(first.get()).isEqualTo("old");
            assertThat(second.get()).isEqualTo("new");
        }
    }

    @Test
    void aLoadThatFailsIsNobodyElsesFailure() throws Exception {
        assertThatThrownBy(() -> here.get("key", () -> {
                    throw new IllegalStateException("mine");
                }))
                .hasMessage("mine");
        assertThat(redis().commands().exists(prefix + "key")).isZero();

        var answers = atOnce(20, number -> {
            try {
                return text(here.get("key", () -> {
                    sleep(50);
                    if (loads.incrementAndGet() == 1) {
                        throw new IllegalStateException("first");
                    }
                    return Optional.of(bytes("value"));
                }));
            } catch (IllegalStateException failed) {
                return "failed";
            }
        });
        assertThat(answers).filteredOn("failed"::equals).hasSize(1);
        assertThat(answers).filteredOn("value"::equals).hasSize(19);
    }

    @Test
    void aProcessThatDiedWhileLoadingHoldsOthersUpForAMomentOnly() {
        var generation = redis().commands().get(prefix + "generation");
        var lease = new byte[33];
        lease[0] = 'l';
        System.arraycopy(generation, 0, lease, 1, 16);
        redis().commands().set(prefix + "other", lease);
        var begun = System.nanoTime();
        assertThat(text(here.get("other", () -> load("own")))).isEqualTo("own");
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(3));
    }

    private static String value(AtomicReference<String> row) {
        return Objects.requireNonNull(row.get());
    }

    private SlowLoader slow(AtomicReference<String> row) {
        return new SlowLoader(row);
    }

    /// Reads, and takes its time to come back with it.
    private static final class SlowLoader implements Supplier<Optional<byte[]>> {
        private final AtomicReference<String> row;
        private final CountDownLatch hasRead = new CountDownLatch(1);
        private final CountDownLatch mayReturn = new CountDownLatch(1);

        SlowLoader(AtomicReference<String> row) {
            this.row = row;
        }

        @Override
        public Optional<byte[]> get() {
            var read = value(row);
            hasRead.countDown();
            try {
                mayReturn.await();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
            return Optional.of(bytes(read));
        }
    }

    private interface Numbered {
        String call(int number) throws Exception;
    }

    private static List<String> atOnce(int count, Numbered work) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var begin = new CountDownLatch(1);
            var futures = new ArrayList<Future<String>>();
            for (int number = 0; number < count; number++) {
                var own = number;
                futures.add(threads.submit((Callable<String>) () -> {
                    begin.await();
                    return work.call(own);
                }));
            }
            begin.countDown();
            var answers = new ArrayList<String>();
            for (var future : futures) {
                answers.add(future.get());
            }
            return answers;
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
