package org.aula.analytics.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.aula.analytics.clickhouse.ClickHouseStore;
import org.aula.analytics.clickhouse.RefusedException;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Each event once, wherever a crash falls. A crash is that the next step is not taken by those who took
/// the last one.
final class IngestTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("analytics");

    private final UUID courseId = UuidCreator.getTimeOrderedEpoch();

    @Test
    void a_batch_is_inserted_once() throws Exception {
        var events = events(7);

        accept(events);
        accept(events);

        assertThat(counts()).isEqualTo(new Counts(7, 7, 70));
    }

    @Test
    void a_crash_after_recording_loses_nothing() throws Exception {
        var recorded = events(5);
        var later = events(3);
        platform.inside("analytics", () -> ingest().record(recorded));
        assertThat(counts()).isEqualTo(new Counts(0, 0, 0));

        accept(later);

        assertThat(counts()).isEqualTo(new Counts(8, 8, 80));
        assertThat(waiting(recorded)).isZero();
    }

    @Test
    void a_crash_after_inserting_counts_nothing_twice() throws Exception {
        var events = events(6);
        platform.inside("analytics", () -> {
            var batch = ingest().record(events).getFirst();
            ingest().insert(batch);
            return true;
        });
        assertThat(waiting(events)).isEqualTo(1);

        // The stream gives the same events again, since nobody acknowledged them.
        accept(events);

        assertThat(counts()).isEqualTo(new Counts(6, 6, 60));
        assertThat(waiting(events)).isZero();
    }

    @Test
    void a_batch_that_lies_in_several_months_is_passed_over_as_a_whole() throws Exception {
        var events = IntStream.range(0, 6)
                .mapToObj(index ->
                        event(UuidCreator.getTimeOrderedEpoch(), Instant.now().minus(Duration.ofDays(31L * index))))
                .toList();
        platform.inside("analytics", () -> {
            var batch = ingest().record(events).getFirst();
            ingest().insert(batch);
            ingest().insert(batch);
            return true;
        });

        accept(events);

        assertThat(counts()).isEqualTo(new Counts(6, 6, 60));
    }

    @Test
    void what_is_known_is_left_out_of_a_batch_and_what_comes_twice_in_one_counts_once() throws Exception {
        var first = events(4);
        var mixed = new java.util.ArrayList<>(first);
        mixed.addAll(events(2));
        mixed.addAll(List.copyOf(mixed));
        accept(first);

        accept(mixed);

        assertThat(counts()).isEqualTo(new Counts(6, 6, 60));
    }

    @Test
    void a_batch_that_lies_in_more_months_than_one_insert_may_is_split() throws Exception {
        var start = Instant.now();
        var events = IntStream.range(0, 120)
                .mapToObj(index -> event(UuidCreator.getTimeOrderedEpoch(), start.plus(Duration.ofDays(31L * index))))
                .toList();

        accept(events);

        assertThat(counts()).isEqualTo(new Counts(120, 120, 1200));
        assertThat(waiting(events)).isZero();
    }

    @Test
    void clocks_that_are_wrong_by_decades_lose_nothing() throws Exception {
        accept(List.of(
                event(UuidCreator.getTimeOrderedEpoch(), Instant.EPOCH),
                event(UuidCreator.getTimeOrderedEpoch(), Instant.parse("2105-07-01T00:00:00Z"))));

        platform.bean("analytics", ClickHouseStore.class).query("OPTIMIZE TABLE learning_events FINAL", Map.of(), 10);

        // What is older than two years is dropped, what comes in eighty years is not yet.
        assertThat(counts()).isEqualTo(new Counts(1, 2, 20));
    }

    @Test
    void a_batch_that_can_never_go_in_is_taken_back_and_holds_up_nobody() throws Exception {
        var bad = UuidCreator.getTimeOrderedEpoch();
        refused(bad);
        var good = events(3);

        platform.inside("analytics", () -> {
            ingest().finishWaiting(Instant.now());
            return true;
        });
        accept(good);

        assertThat(counts()).isEqualTo(new Counts(3, 3, 30));
        assertThat(known(bad)).isFalse();
    }

    @Test
    void a_refusal_is_thrown_for_the_kernel_to_find_the_event() throws Exception {
        var bad = new LearningEvent(
                UuidCreator.getTimeOrderedEpoch(),
                "LessonCompleted",
                UUID.randomUUID(),
                courseId,
                UUID.randomUUID(),
                UUID.randomUUID(),
                -1,
                Instant.now());

        assertThatThrownBy(() -> accept(List.of(bad))).isInstanceOf(RefusedException.class);

        assertThat(known(bad.eventId())).isFalse();
    }

    /// A batch that waits, whose row ClickHouse does not read.
    private void refused(UUID eventId) {
        platform.superuser().useTransaction(handle -> {
            handle.execute(
                    "INSERT INTO analytics.inbox (consumer, event_id) VALUES (?, ?)", LearningConsumer.NAME, eventId);
            handle.execute("""
                    INSERT INTO analytics.ingest_batches (token, event_ids, rows, created_at)
                    VALUES (?, ARRAY[?], '[{"event_id": "nothing"}]', now() - interval '1 hour')
                    """, UUID.randomUUID(), eventId);
        });
    }

    private static boolean known(UUID eventId) {
        return platform.superuser()
                .withHandle(
                        handle -> handle.createQuery("SELECT EXISTS (SELECT 1 FROM analytics.inbox WHERE event_id = ?)")
                                .bind(0, eventId)
                                .mapTo(Boolean.class)
                                .one());
    }

    @Test
    void a_start_finishes_what_the_last_run_left() throws Exception {
        var events = events(2);
        platform.inside("analytics", () -> ingest().record(events));

        platform.inside("analytics", () -> {
            ingest().finishWaiting(Instant.now());
            ingest().sweep();
            return true;
        });

        assertThat(counts()).isEqualTo(new Counts(2, 2, 20));
    }

    private void accept(List<LearningEvent> events) throws Exception {
        platform.inside("analytics", () -> {
            ingest().accept(events);
            return true;
        });
    }

    private static Ingest ingest() {
        return platform.bean("analytics", Ingest.class);
    }

    private Counts counts() {
        return Counts.of(platform, courseId);
    }

    private static int waiting(List<LearningEvent> events) {
        return platform.superuser()
                .withHandle(handle -> handle.createQuery("""
                        SELECT count(*) FROM analytics.ingest_batches
                        WHERE inserted_at IS NULL AND :eventId = ANY(event_ids)
                        """)
                        .bind("eventId", events.getFirst().eventId())
                        .mapTo(Integer.class)
                        .one());
    }

    private List<LearningEvent> events(int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> event(UuidCreator.getTimeOrderedEpoch(), Instant.now()))
                .toList();
    }

    private LearningEvent event(UUID id, Instant at) {
        return new LearningEvent(
                id, "LessonCompleted", UUID.randomUUID(), courseId, UUID.randomUUID(), UUID.randomUUID(), 10, at);
    }
}
