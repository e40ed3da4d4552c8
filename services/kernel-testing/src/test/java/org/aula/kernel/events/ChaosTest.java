package org.aula.kernel.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.lettuce.core.Range;
import io.lettuce.core.XTrimArgs;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.aula.api.common.v1.EventEnvelope;
import org.aula.api.courses.v1.CoursePublished;
import org.aula.kernel.error.StoreUnavailableException;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.redis.Redis;
import org.aula.kernel.service.ServiceProcess;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.TestEngines;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Whatever happens to a stream between the relay and its listeners: what is good arrives, what is not is
/// put aside or told as gone, and nobody stands still.
final class ChaosTest {

    private static final String STREAM = "events:{courses}";

    /// What both listeners of this test are told of the world.
    private static volatile boolean away;

    private static final Set<String> poison = ConcurrentHashMap.newKeySet();
    private static final Set<String> deadly = ConcurrentHashMap.newKeySet();

    private static void take(CoursePublished event, List<String> heard) {
        if (away) {
            throw new StoreUnavailableException("test", new IllegalStateException("away"));
        }
        if (poison.contains(event.getCourseId())) {
            throw new IllegalStateException("cannot take \0 " + event.getCourseId());
        }
        if (deadly.contains(event.getCourseId())) {
            throw new StackOverflowError(event.getCourseId());
        }
        heard.add(event.getCourseId());
    }

    private record One(String name, List<String> heard) implements EventConsumer {
        @Override
        public List<Subscription<?>> subscriptions() {
            return List.of(
                    new Subscription<>(CoursePublished.getDefaultInstance(), (event, envelope) -> take(event, heard)));
        }
    }

    /// Takes a batch as a whole or not at all, as a store in bulk does.
    private record Bulk(String name, List<String> heard) implements BatchConsumer {
        @Override
        public List<com.google.protobuf.Message> types() {
            return List.of(CoursePublished.getDefaultInstance());
        }

        @Override
        public void accept(List<EventEnvelope> batch) throws Exception {
            var taken = new java.util.ArrayList<String>();
            for (var envelope : batch) {
                take(envelope.getPayload().unpack(CoursePublished.class), taken);
            }
            heard.addAll(taken);
        }
    }

    private static final One one = new One("courses.chaos", new CopyOnWriteArrayList<>());
    private static final Bulk bulk = new Bulk("courses.chaos-bulk", new CopyOnWriteArrayList<>());

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses").bean(one).bean(bulk);

    @BeforeEach
    void everybodyListens() throws Exception {
        away = false;
        var last = publish(1);
        awaitHeard(last);
    }

    @Test
    void whatIsTrimmedWhileItWaitsComesAgainOutOfTheOutbox() throws Exception {
        var courses = publishWhileAway(5);
        redis().xtrim(STREAM, XTrimArgs.Builder.minId(Streams.id(position(courses.get(3)))));
        away = false;

        // The last two first: they were still there.
        Await.untilHolds(() -> assertThat(one.heard()).containsAll(courses));
        Await.untilHolds(() -> assertThat(bulk.heard()).containsAll(courses));
        assertThat(one.heard()).doesNotHaveDuplicates();
    }

    @Test
    void aStreamThatIsTrimmedToNothingIsFilledAgain() throws Exception {
        var courses = publishWhileAway(3);
        redis().xtrim(STREAM, XTrimArgs.Builder.maxlen(0));
        away = false;

        awaitHeard(courses);
        awaitHeard(publish(1));
        assertThat(one.heard()).doesNotHaveDuplicates();
    }

    @Test
    void whatNobodyHoldsAnyMoreIsToldAsGoneAndTheRestArrives() throws Exception {
        var courses = publishWhileAway(5);
        var goneBefore = gone(one.name());
        var goneBeforeInBulk = gone(bulk.name());
        forgetBefore(courses.get(3));
        away = false;

        awaitHeard(courses.subList(3, 5));
        awaitHeard(publish(1));
        assertThat(one.heard()).doesNotContainAnyElementsOf(courses.subList(0, 3));
        assertThat(gone(one.name()) - goneBefore).isEqualTo(3);
        assertThat(gone(bulk.name()) - goneBeforeInBulk).isEqualTo(3);
    }

    @Test
    void aGroupThatLagsMoreThanSevenDaysIsToldWhatItMissed() throws Exception {
        var pending = publishWhileAway(2);
        var undelivered = publish(4);
        Await.until("they are in the stream", () -> holds(undelivered.getLast()));
        var goneBefore = gone(one.name());
        superuser("UPDATE courses.outbox SET created_at = now() - interval '8 days' WHERE position <= "
                + position(undelivered.get(2)));
        platform.inside("courses", () -> {
            platform.bean("courses", Relay.class).sweep();
            return true;
        });
        away = false;

        awaitHeard(undelivered.subList(3, 4));
        assertThat(one.heard()).doesNotContainAnyElementsOf(pending);
        assertThat(gone(one.name()) - goneBefore).isEqualTo(5);
    }

    @Test
    void aWipedRedisInTheMiddleOfABatchDoublesNothing() throws Exception {
        var courses = publishWhileAway(5);
        redis().del(STREAM);
        away = false;

        awaitHeard(courses);
        assertThat(one.heard()).doesNotHaveDuplicates();
    }

    @Test
    void poisonAmongGoodEntriesIsPutAside() throws Exception {
        var before = course();
        var after = course();
        var bad = course();
        poison.add(bad);
        var worse = course();
        deadly.add(worse);
        var garbled = envelope(course())
                .setPayload(Any.newBuilder()
                        .setTypeUrl("type.googleapis.com/"
                                + CoursePublished.getDescriptor().getFullName())
                        .setValue(ByteString.copyFrom(new byte[] {10, 127, 1})));
        var nameless = envelope(course()).setEventId("nobody");
        write(
                envelope(before).build().toByteArray(),
                "no envelope at all".getBytes(StandardCharsets.UTF_8),
                new byte[0],
                nameless.build().toByteArray(),
                garbled.build().toByteArray(),
                envelope(bad).build().toByteArray(),
                envelope(worse).build().toByteArray(),
                envelope(after).build().toByteArray());

        awaitHeard(List.of(before, after));
        for (var consumer : List.of(one.name(), bulk.name())) {
            Await.untilHolds(() -> assertThat(waiting(consumer)).hasSize(6));
        }

        poison.clear();
        deadly.clear();
        platform.inside("courses", platform.bean("courses", DeadLetters.class)::replay);
        assertThat(one.heard()).contains(bad, worse);
        assertThat(bulk.heard()).contains(bad, worse);
        for (var consumer : List.of(one.name(), bulk.name())) {
            // What cannot be read is left, for people.
            assertThat(waiting(consumer)).hasSize(4);
        }
        superuser("DELETE FROM courses.dead_letters");
    }

    @Test
    void aListenerThatIsAddedLaterHearsAllThatTheStreamHolds() throws Exception {
        var courses = publish(3);
        write("no envelope".getBytes(StandardCharsets.UTF_8));
        courses = Stream.concat(courses.stream(), publish(1).stream()).toList();
        var late = new One("courses.chaos-late", new CopyOnWriteArrayList<>());
        var environment = new HashMap<>(TestEngines.forServices());
        environment.put("COURSES_TARGET", "inprocess:courses-" + UUID.randomUUID());
        try (var replica = ServiceProcess.start("courses", environment, late)) {
            assertThat(replica.context().isRunning()).isTrue();
            var expected = courses;
            Await.untilHolds(() -> assertThat(late.heard()).containsSubsequence(expected));
            assertThat(late.heard()).doesNotHaveDuplicates();
        }
        superuser("DELETE FROM courses.dead_letters");
    }

    private static void awaitHeard(List<String> courses) throws Exception {
        Await.untilHolds(() -> assertThat(one.heard()).containsSubsequence(courses));
        Await.untilHolds(() -> assertThat(bulk.heard()).containsSubsequence(courses));
    }

    /// Events that both listeners were given and could not take.
    private static List<String> publishWhileAway(int count) throws Exception {
        away = true;
        var courses = publish(count);
        for (var group : List.of(one.name(), bulk.name())) {
            Await.until(
                    group + " was given them",
                    () -> redis().xpending(STREAM, group).getCount() == count);
        }
        return courses;
    }

    private static List<String> publish(int count) throws Exception {
        var courses = Stream.generate(ChaosTest::course).limit(count).toList();
        platform.inside(
                "courses",
                () -> platform.bean("courses", Database.class).transact(() -> {
                    platform.bean("courses", Outbox.class)
                            .appendAll(courses.stream().map(ChaosTest::event).toList());
                    return true;
                }));
        return courses;
    }

    /// Rows of the outbox, whatever they hold.
    private static void write(byte[]... envelopes) {
        platform.superuser().useTransaction(handle -> {
            for (var envelope : envelopes) {
                handle.execute(
                        "INSERT INTO courses.outbox (event_id, type, key, envelope) VALUES (?, '', '', ?)",
                        UUID.randomUUID(),
                        envelope);
            }
        });
    }

    /// Takes away all before an event, in the outbox and in the stream.
    private static void forgetBefore(String course) throws Exception {
        var position = position(course);
        superuser("DELETE FROM courses.outbox WHERE position < " + position);
        redis().xtrim(STREAM, XTrimArgs.Builder.minId(Streams.id(position)));
    }

    private static boolean holds(String course) {
        var id = Streams.id(position(course));
        return !redis().xrange(STREAM, Range.create(id, id)).isEmpty();
    }

    /// 0 when it is not published.
    private static long position(String course) {
        return platform.superuser()
                .withHandle(handle -> handle.createQuery(
                                "SELECT coalesce(max(position), 0) FROM courses.outbox WHERE key = ?")
                        .bind(0, course)
                        .mapTo(Long.class)
                        .one());
    }

    private static List<String> waiting(String consumer) throws Exception {
        return platform.inside("courses", platform.bean("courses", DeadLetters.class)::waiting).stream()
                .filter(letter -> letter.startsWith(consumer + " "))
                .toList();
    }

    private static double gone(String group) {
        return platform.bean("courses", MeterRegistry.class).find("events.gone").tag("group", group).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private static void superuser(String sql) {
        platform.superuser().useHandle(handle -> handle.execute(sql));
    }

    private static io.lettuce.core.api.sync.RedisCommands<String, byte[]> redis() {
        return platform.bean("courses", Redis.class).commands();
    }

    private static String course() {
        return UUID.randomUUID().toString();
    }

    private static CoursePublished event(String course) {
        return CoursePublished.newBuilder().setCourseId(course).build();
    }

    private static EventEnvelope.Builder envelope(String course) {
        return EventEnvelope.newBuilder()
                .setEventId(UUID.randomUUID().toString())
                .setType(CoursePublished.getDescriptor().getFullName())
                .setKey(course)
                .setPayload(Any.pack(event(course)));
    }
}
