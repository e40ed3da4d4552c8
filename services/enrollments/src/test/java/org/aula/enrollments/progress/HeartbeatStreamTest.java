package org.aula.enrollments.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.aula.enrollments.enrollment.LessonProgress;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.PinnedClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What of a stream is written, and when.
final class HeartbeatStreamTest {

    private static final UUID ENROLLMENT = UUID.randomUUID();
    private static final UUID LESSON = UUID.randomUUID();
    private static final UUID OTHER = UUID.randomUUID();
    private static final Duration LONG = Duration.ofHours(1);

    private final PinnedClock clock = new PinnedClock();
    private final List<Heartbeat> written = new CopyOnWriteArrayList<>();
    private volatile @Nullable RuntimeException refusal;

    @Test
    void the_first_is_written_at_once_and_the_others_together_at_the_end() throws Exception {
        var stream = stream(LONG);

        for (int second = 0; second <= 60; second++) {
            stream.take(beat(LESSON, second, 1));
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(written).containsExactly(beat(LESSON, 0, 1));
        var outcome = stream.end();

        assertThat(written).containsExactly(beat(LESSON, 0, 1), beat(LESSON, 60, 60));
        assertThat(outcome.count()).isEqualTo(61);
        assertThat(outcome.progress().position()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void another_lesson_is_written_behind_what_waited() throws Exception {
        var stream = stream(LONG);

        stream.take(beat(LESSON, 1, 0));
        stream.take(beat(LESSON, 2, 0));
        stream.take(beat(OTHER, 3, 0));
        stream.take(beat(LESSON, 4, 0));

        assertThat(written)
                .containsExactly(beat(LESSON, 1, 0), beat(LESSON, 2, 0), beat(OTHER, 3, 0), beat(LESSON, 4, 0));
    }

    @Test
    void what_waits_is_written_after_a_while() throws Exception {
        var stream = stream(Duration.ofMillis(20));

        stream.take(beat(LESSON, 1, 0));
        stream.take(beat(LESSON, 2, 0));
        Await.until("written by itself", () -> written.size() == 2);
        stream.take(beat(LESSON, 3, 0));
        Await.until("and again", () -> written.size() == 3);

        assertThat(stream.end().count()).isEqualTo(3);
        assertThat(written).hasSize(3);
    }

    @Test
    void a_stream_that_breaks_off_is_written_once() throws Exception {
        var stream = stream(LONG);
        stream.take(beat(LESSON, 1, 0));
        stream.take(beat(LESSON, 2, 0));

        stream.close();
        stream.close();

        assertThat(written).containsExactly(beat(LESSON, 1, 0), beat(LESSON, 2, 0));
    }

    @Test
    void no_more_time_than_passes_is_counted_between_heartbeats() throws Exception {
        var stream = stream(LONG);

        stream.take(beat(LESSON, 1, 300));
        for (int count = 0; count < 100; count++) {
            stream.take(beat(LESSON, 2, 300));
        }
        clock.advance(Duration.ofSeconds(10));
        stream.take(beat(LESSON, 3, 300));
        stream.end();

        assertThat(written).containsExactly(beat(LESSON, 1, 300), beat(LESSON, 3, 10));
    }

    @Test
    void what_could_not_be_written_later_is_told_with_the_next_heartbeat_and_at_the_end() throws Exception {
        var stream = stream(Duration.ofMillis(1));
        stream.take(beat(LESSON, 1, 0));
        refusal = Errors.storeUnavailable("postgres");
        stream.take(beat(LESSON, 2, 0));

        Await.untilHolds(() -> assertThatThrownBy(stream::end).isInstanceOf(ServiceException.class));
        assertThatThrownBy(() -> stream.take(beat(LESSON, 3, 0))).isInstanceOf(ServiceException.class);
    }

    @Test
    void a_refusal_of_the_first_comes_at_once() throws Exception {
        var stream = stream(LONG);
        refusal = Errors.storeUnavailable("postgres");

        assertThatThrownBy(() -> stream.take(beat(LESSON, 1, 0))).isSameAs(refusal);
    }

    private HeartbeatStream stream(Duration writtenWithin) throws Exception {
        return CallScope.runAsService(
                "enrollments", "test", "", () -> new HeartbeatStream(this::write, writtenWithin, clock));
    }

    private LessonProgress write(Heartbeat heartbeat) {
        if (refusal != null) {
            throw refusal;
        }
        written.add(heartbeat);
        var now = Instant.EPOCH;
        return new LessonProgress(
                heartbeat.enrollmentId(),
                heartbeat.lessonId(),
                LessonProgress.Status.IN_PROGRESS,
                heartbeat.spent(),
                heartbeat.position(),
                now,
                now,
                null,
                1,
                now,
                null);
    }

    private static Heartbeat beat(UUID lesson, long position, long spent) {
        return new Heartbeat(ENROLLMENT, lesson, Duration.ofSeconds(position), Duration.ofSeconds(spent));
    }
}
