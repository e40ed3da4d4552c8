package org.aula.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Channel;
import io.grpc.Status.Code;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.enrollments.v1.Enrollment;
import org.aula.api.enrollments.v1.LessonCompleted;
import org.aula.api.enrollments.v1.ProgressServiceGrpc;
import org.aula.api.enrollments.v1.WatchCourseProgressRequest;
import org.aula.api.enrollments.v1.WatchCourseProgressResponse;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.Errors;
import org.aula.kernel.stream.LiveSource;
import org.aula.kernel.stream.LiveStreams;
import org.aula.kernel.stream.Topic;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.Listening;
import org.aula.kernel.testing.PinnedClock;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestEngines;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Server streams over a service's own events: who hears what, and how each of them ends.
@TestMethodOrder(OrderAnnotation.class)
final class LiveStreamsTest {

    private static final PinnedClock clock = new PinnedClock();

    /// What is kept, by course: how many lessons are completed.
    private static final Map<String, AtomicInteger> state = new ConcurrentHashMap<>();
    /// What is kept, by course: messages of a log.
    private static final Map<String, List<Integer>> log = new ConcurrentHashMap<>();
    private static final AtomicInteger readings = new AtomicInteger();
    private static volatile @Nullable RuntimeException failure;

    private static final class Progress extends ProgressServiceGrpc.ProgressServiceImplBase {

        private @Nullable Topic topic;

        @Override
        public void watchCourseProgress(
                WatchCourseProgressRequest request, StreamObserver<WatchCourseProgressResponse> observer) {
            var id = request.getCourseId();
            var streams = platform.bean("courses", LiveStreams.class);
            LiveSource<WatchCourseProgressResponse> source =
                    log.containsKey(id) ? new Log(id) : LiveSource.ofState(() -> read(id));
            streams.watch(topic(streams), id, source).open(observer, WatchCourseProgressResponse.getDefaultInstance());
        }

        private synchronized Topic topic(LiveStreams streams) {
            var known = topic;
            if (known == null) {
                known = streams.topic().on(LessonCompleted.getDefaultInstance(), LessonCompleted::getCourseId);
                topic = known;
            }
            return known;
        }

        private static WatchCourseProgressResponse read(String id) {
            CallScope.current().requireUser();
            readings.incrementAndGet();
            var broken = failure;
            if (broken != null) {
                throw broken;
            }
            return message(state.getOrDefault(id, new AtomicInteger()).get());
        }
    }

    /// Tells each message once, in pages.
    private static final class Log implements LiveSource<WatchCourseProgressResponse> {

        private final String id;
        private int told;

        Log(String id) {
            this.id = id;
        }

        @Override
        public List<WatchCourseProgressResponse> next() {
            var page = log.getOrDefault(id, List.of()).stream()
                    .skip(told)
                    .limit(PAGE)
                    .map(LiveStreamsTest::message)
                    .toList();
            told += page.size();
            return page;
        }
    }

    private static WatchCourseProgressResponse message(int completed) {
        return WatchCourseProgressResponse.newBuilder()
                .setEnrollment(Enrollment.newBuilder().setProgressPercentage(completed))
                .build();
    }

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses")
            .at(clock)
            .bean(new Progress())
            .setting("AULA_STREAMS_PER_CALLER", "3")
            .setting("AULA_STREAMS_HEARTBEAT", "1s");

    private final String course = UUID.randomUUID().toString();
    private final TestUser user = platform.user();

    @Test
    @Order(1)
    void whoListensHearsWhatIsThereAndThenWhatChanges() throws Exception {
        var other = UUID.randomUUID().toString();
        var stream = listen(user, course);
        var second = listen(platform.user(), course);
        var elsewhere = listen(user, other);
        Await.untilHolds(() -> assertThat(told(elsewhere)).containsExactly(0));
        Await.untilHolds(() -> assertThat(told(stream)).containsExactly(0));
        Await.untilHolds(() -> assertThat(told(second)).containsExactly(0));

        complete(course, 1);
        Await.untilHolds(() -> assertThat(told(stream)).containsExactly(0, 1));
        Await.untilHolds(() -> assertThat(told(second)).containsExactly(0, 1));
        complete(course, 2);
        Await.untilHolds(() -> assertThat(told(stream)).containsExactly(0, 1, 2));
        assertThat(told(elsewhere)).containsExactly(0);

        stream.cancel();
        second.cancel();
        elsewhere.cancel();
        Await.until("nobody listens", () -> open() == 0);
    }

    @Test
    @Order(1)
    void aSilentStreamBeats() throws Exception {
        var stream = listen(user, course);

        Await.until(
                "two heartbeats",
                () -> stream.heard().stream()
                                .filter(WatchCourseProgressResponse::hasHeartbeat)
                                .count()
                        >= 2);

        assertThat(told(stream)).containsExactly(0);
        stream.cancel();
    }

    @Test
    @Order(1)
    void aStreamEndsWithItsToken() throws Exception {
        var stream = listen(user, course);
        Await.until("the first", () -> !stream.heard().isEmpty());

        clock.advance(Duration.ofMinutes(16));

        Refusal.expect(Code.UNAUTHENTICATED, ErrorReason.ERROR_REASON_TOKEN_EXPIRED, stream::end);
        var refreshed = platform.token(user, List.of(), UUID.randomUUID(), clock.millis());
        var again = Listening.to(
                platform.withToken("courses", refreshed),
                ProgressServiceGrpc.getWatchCourseProgressMethod(),
                request(course));
        Await.untilHolds(() -> assertThat(told(again)).containsExactly(0));
        again.cancel();
    }

    @Test
    @Order(1)
    void whoDoesNotReadIsEndedAfterSoManyChanges() throws Exception {
        var stream =
                Listening.to(channel(user), ProgressServiceGrpc.getWatchCourseProgressMethod(), request(course), 1);
        var patient = listen(platform.user(), course);
        Await.until("the first", () -> !stream.heard().isEmpty());
        Await.until("the first", () -> !patient.heard().isEmpty());

        for (var lesson = 1; lesson <= 300; lesson++) {
            complete(course, lesson);
        }

        var refusal = Refusal.expect(Code.RESOURCE_EXHAUSTED, ErrorReason.ERROR_REASON_SLOW_CONSUMER, () -> {
            stream.take(1);
            return stream.end();
        });
        assertThat(refusal.metadata()).isEmpty();
        assertThat(told(stream)).containsExactly(0);
        Await.untilHolds(() -> assertThat(told(patient)).endsWith(300));
        patient.cancel();
    }

    @Test
    @Order(1)
    void aSlowReaderWithinItsBoundsHearsTheLatestOnly() throws Exception {
        var stream =
                Listening.to(channel(user), ProgressServiceGrpc.getWatchCourseProgressMethod(), request(course), 1);
        var witness = listen(platform.user(), course);
        Await.until("the first", () -> !stream.heard().isEmpty());
        for (var lesson = 1; lesson <= 20; lesson++) {
            complete(course, lesson);
        }
        Await.untilHolds(() -> assertThat(told(witness)).endsWith(20));

        stream.take(5);

        Await.untilHolds(() -> assertThat(told(stream)).containsExactly(0, 20));
        stream.cancel();
        witness.cancel();
    }

    @Test
    @Order(1)
    void aLogIsToldWholeAndInOrder() throws Exception {
        var kept = new CopyOnWriteArrayList<Integer>();
        for (var message = 0; message < 250; message++) {
            kept.add(message);
        }
        log.put(course, kept);
        var stream = listen(user, course);
        Await.untilHolds(() -> assertThat(told(stream)).isEqualTo(kept));

        kept.addAll(List.of(250, 251));
        complete(course, 1);

        Await.untilHolds(() -> assertThat(told(stream)).isEqualTo(kept));
        stream.cancel();
    }

    @Test
    @Order(1)
    void aCallerHasSoManyStreams() throws Exception {
        var streams = new ArrayList<Listening<WatchCourseProgressResponse>>();
        for (var number = 0; number < 3; number++) {
            streams.add(listen(user, course));
        }
        Await.until(
                "all are open",
                () -> streams.stream().noneMatch(stream -> stream.heard().isEmpty()));

        Refusal.expect(
                Code.RESOURCE_EXHAUSTED,
                ErrorReason.ERROR_REASON_TOO_MANY_STREAMS,
                () -> listen(user, course).end());
        var other = listen(platform.user(), course);
        Await.until("somebody else's", () -> !other.heard().isEmpty());

        streams.getFirst().cancel();
        Await.until("there is room", () -> {
            var next = listen(user, course);
            Await.until("an answer", () -> next.hasEnded() || !next.heard().isEmpty());
            return !next.hasEnded();
        });
    }

    @Test
    @Order(1)
    void aStoreThatIsAwayRefusesWhoComesAndKeepsWhoIsThere() throws Exception {
        var stream = listen(user, course);
        Await.until("the first", () -> !stream.heard().isEmpty());
        var before = readings.get();
        failure = Errors.storeUnavailable("postgres");
        try {
            complete(course, 1);
            Await.until("it was read", () -> readings.get() > before);
            Refusal.expect(
                    Code.UNAVAILABLE,
                    ErrorReason.ERROR_REASON_STORE_UNAVAILABLE,
                    () -> listen(platform.user(), course).end());
        } finally {
            failure = null;
        }

        Await.untilHolds(() -> assertThat(told(stream)).containsExactly(0, 1));
        stream.cancel();
    }

    @Test
    @Order(1)
    void aRefusalOfTheSourceEndsTheStream() throws Exception {
        var stream = listen(user, course);
        Await.until("the first", () -> !stream.heard().isEmpty());
        failure = Errors.permissionDenied(ErrorReason.ERROR_REASON_NOT_OWNER, "no longer yours");
        try {
            complete(course, 1);

            Refusal.expect(Code.PERMISSION_DENIED, ErrorReason.ERROR_REASON_NOT_OWNER, stream::end);
        } finally {
            failure = null;
        }
    }

    @Test
    @Order(1)
    void aStreamOfEventsThatRedisLostIsReadAnew() throws Exception {
        var stream = listen(user, course);
        complete(course, 1);
        Await.untilHolds(() -> assertThat(told(stream)).endsWith(1));

        TestEngines.forgetStream("courses");
        Objects.requireNonNull(state.get(course)).set(7);

        Await.untilHolds(() -> assertThat(told(stream)).endsWith(7));
        stream.cancel();
    }

    @Test
    @Order(2)
    void aServerThatStopsSendsItsListenersElsewhere() throws Exception {
        var stream = listen(user, course);
        Await.until("the first", () -> !stream.heard().isEmpty());

        platform.bean("courses", LiveStreams.class).drain();

        var refusal = Refusal.expect(Code.UNAVAILABLE, ErrorReason.ERROR_REASON_SERVER_DRAINING, stream::end);
        assertThat(refusal.hasRetryInfo()).isTrue();
        Refusal.expect(
                Code.UNAVAILABLE,
                ErrorReason.ERROR_REASON_SERVER_DRAINING,
                () -> listen(user, course).end());
        assertThat(open()).isZero();
    }

    private static double open() {
        return platform.bean("courses", MeterRegistry.class)
                .get("streams.open")
                .gauge()
                .value();
    }

    private static Listening<WatchCourseProgressResponse> listen(TestUser user, String course) {
        return Listening.to(channel(user), ProgressServiceGrpc.getWatchCourseProgressMethod(), request(course));
    }

    private static Channel channel(TestUser user) {
        return platform.as(user, "courses");
    }

    private static WatchCourseProgressRequest request(String course) {
        return WatchCourseProgressRequest.newBuilder().setCourseId(course).build();
    }

    private static void complete(String course, int lesson) {
        state.computeIfAbsent(course, none -> new AtomicInteger()).set(lesson);
        platform.publish(
                "courses",
                course,
                LessonCompleted.newBuilder().setCourseId(course).build());
    }

    private static List<Integer> told(Listening<WatchCourseProgressResponse> stream) {
        return stream.heard().stream()
                .filter(WatchCourseProgressResponse::hasEnrollment)
                .map(response -> (int) response.getEnrollment().getProgressPercentage())
                .toList();
    }
}
