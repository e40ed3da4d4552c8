package org.aula.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.aula.api.courses.v1.CoursePublished;
import org.aula.kernel.events.DeadLetters;
import org.aula.kernel.events.EventConsumer;
import org.aula.kernel.events.Outbox;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.redis.Redis;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// From the transaction through the relay and Redis to a listener, each event once.
final class EventsTest {

    private static final List<String> seen = new CopyOnWriteArrayList<>();
    private static final Set<String> poison = ConcurrentHashMap.newKeySet();

    private static final class Listener implements EventConsumer {
        @Override
        public String name() {
            return "courses.test";
        }

        @Override
        public List<Subscription<?>> subscriptions() {
            return List.of(new Subscription<>(CoursePublished.getDefaultInstance(), (event, envelope) -> {
                if (poison.contains(event.getCourseId())) {
                    throw new IllegalStateException("cannot take " + event.getCourseId());
                }
                seen.add(event.getCourseId());
            }));
        }
    }

    /// Takes nothing and says how to make up for it.
    private static final class Compensator implements EventConsumer {

        private static final List<String> undone = new CopyOnWriteArrayList<>();
        private static final Set<String> hopeless = ConcurrentHashMap.newKeySet();

        @Override
        public String name() {
            return "courses.test-compensation";
        }

        @Override
        public List<Subscription<?>> subscriptions() {
            return List.of(new Subscription<>(
                    CoursePublished.getDefaultInstance(),
                    (event, envelope) -> {
                        if (hopeless.contains(event.getCourseId())) {
                            throw new IllegalStateException("cannot take " + event.getCourseId());
                        }
                    },
                    (event, envelope) -> undone.add(event.getCourseId())));
        }
    }

    @RegisterExtension
    static final TestPlatform platform =
            TestPlatform.with("courses").bean(new Listener()).bean(new Compensator());

    @Test
    void anEventArrivesOnceAndInOrder() throws Exception {
        var courses = publish(200);
        Await.untilHolds(() -> assertThat(seen).containsSubsequence(courses));
        assertThat(seen.stream().filter(courses::contains)).hasSize(200);
    }

    @Test
    void manyEventsOfOneTransactionArriveOnceAndInOrder() throws Exception {
        var courses = java.util.stream.IntStream.range(0, 300)
                .mapToObj(index -> UUID.randomUUID().toString())
                .toList();
        platform.inside(
                "courses",
                () -> platform.bean("courses", Database.class).transact(() -> {
                    var outbox = platform.bean("courses", Outbox.class);
                    outbox.appendAll(List.of());
                    outbox.appendAll(courses.stream().map(EventsTest::event).toList());
                    return true;
                }));
        Await.untilHolds(() -> assertThat(seen).containsSubsequence(courses));
        assertThat(seen.stream().filter(courses::contains)).hasSize(300);
    }

    @Test
    void whatIsRolledBackIsNeverTold() throws Exception {
        var course = UUID.randomUUID().toString();
        try {
            platform.inside(
                    "courses",
                    () -> platform.bean("courses", Database.class).transact(() -> {
                        platform.bean("courses", Outbox.class).append(event(course));
                        throw new IllegalStateException("rolled back");
                    }));
        } catch (IllegalStateException expected) {
            assertThat(expected).hasMessage("rolled back");
        }
        var next = publish(1);
        Await.untilHolds(() -> assertThat(seen).containsAll(next));
        assertThat(seen).doesNotContain(course);
    }

    @Test
    void aWipedRedisIsRefilledAndNothingIsDoubled() throws Exception {
        var before = publish(50);
        Await.untilHolds(() -> assertThat(seen).containsAll(before));
        platform.bean("courses", Redis.class).commands().del("events:{courses}");
        var after = publish(50);
        Await.untilHolds(() -> assertThat(seen).containsAll(after));
        assertThat(platform.bean("courses", Redis.class).commands().xlen("events:{courses}"))
                .isGreaterThanOrEqualTo(100);
        assertThat(seen.stream().filter(before::contains)).hasSize(50);
        assertThat(seen.stream().filter(after::contains)).hasSize(50);
    }

    @Test
    void whatKeepsFailingIsPutAsideAndCanBeReplayed() throws Exception {
        var bad = UUID.randomUUID().toString();
        poison.add(bad);
        publishOne(bad);
        var next = publish(1);
        Await.untilHolds(() -> assertThat(seen).containsAll(next));
        var letters = platform.bean("courses", DeadLetters.class);
        Await.until(
                "a dead letter",
                () -> platform.inside("courses", letters::waiting).stream().anyMatch(letter -> letter.contains(bad)));
        poison.remove(bad);
        assertThat(platform.inside("courses", letters::replay)).isPositive();
        assertThat(seen).contains(bad);
        assertThat(platform.inside("courses", letters::replay)).isZero();
    }

    @Test
    void whatFailsForGoodIsMadeUpForWhereTheListenerSaysHow() throws Exception {
        var bad = UUID.randomUUID().toString();
        Compensator.hopeless.add(bad);
        publishOne(bad);
        Await.untilHolds(() -> assertThat(Compensator.undone).containsOnlyOnce(bad));
        var waiting = platform.inside("courses", platform.bean("courses", DeadLetters.class)::waiting);
        assertThat(waiting).noneMatch(letter -> letter.contains(bad));
    }

    private static List<String> publish(int count) throws Exception {
        var courses = new java.util.ArrayList<String>();
        for (int course = 0; course < count; course++) {
            courses.add(UUID.randomUUID().toString());
            publishOne(courses.getLast());
        }
        return courses;
    }

    private static void publishOne(String course) throws Exception {
        platform.inside(
                "courses",
                () -> platform.bean("courses", Database.class).transact(() -> {
                    platform.bean("courses", Outbox.class).append(event(course));
                    return true;
                }));
    }

    private static CoursePublished event(String course) {
        return CoursePublished.newBuilder().setCourseId(course).build();
    }
}
