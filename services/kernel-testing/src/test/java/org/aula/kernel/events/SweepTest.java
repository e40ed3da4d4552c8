package org.aula.kernel.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.Empty;
import java.util.UUID;
import org.aula.api.common.v1.EventEnvelope;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What the technical tables no longer need, more of it than one transaction deletes.
final class SweepTest {

    private static final int ROWS = 25_000;

    private static final EventEnvelope OF_NO_INTEREST = EventEnvelope.newBuilder()
            .setEventId(UUID.randomUUID().toString())
            .setPayload(Any.pack(Empty.getDefaultInstance()))
            .build();

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses");

    private static void superuser(String sql, Object... values) {
        platform.superuser().useHandle(handle -> handle.execute(sql, values));
    }

    private static long count(String sql) {
        return platform.superuser()
                .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    private static void sweepNow() {
        superuser("UPDATE courses.scheduled_tasks SET execution_time = now() WHERE task_name = 'sweep'");
    }

    @Test
    void oldEntriesOfTheInboxAndOldKeysAreDeletedAndNewOnesStay() throws Exception {
        superuser("""
                INSERT INTO courses.inbox (consumer, event_id, received_at)
                SELECT 'courses.sweep', gen_random_uuid(), now() - interval '400 days' FROM generate_series(1, ?)
                """, ROWS);
        superuser("""
                INSERT INTO courses.inbox (consumer, event_id) VALUES ('courses.sweep', gen_random_uuid())
                """);
        sweepNow();

        Await.until(
                "the old ones are gone",
                () -> count("SELECT count(*) FROM courses.inbox WHERE consumer = 'courses.sweep'") == 1);
    }

    @Test
    void anOldOutboxIsDeletedFromItsBeginningWithoutAGap() throws Exception {
        superuser("""
                INSERT INTO courses.outbox (event_id, type, key, envelope, created_at)
                SELECT gen_random_uuid(), 'google.protobuf.Empty', 'sweep', ?, now() - interval '400 days'
                FROM generate_series(1, ?)
                """, OF_NO_INTEREST.toByteArray(), ROWS);
        Await.until(
                "they have positions", () -> count("SELECT count(*) FROM courses.outbox WHERE position IS NULL") == 0);
        var last = count("SELECT max(position) FROM courses.outbox");
        platform.inside("courses", () -> {
            platform.bean("courses", Relay.class).sweep();
            return true;
        });

        assertThat(count("SELECT count(*) FROM courses.outbox WHERE key = 'sweep'"))
                .isLessThanOrEqualTo(1);
        assertThat(count("SELECT max(position) FROM courses.outbox")).isEqualTo(last);
    }

    @Test
    void aDeadLetterWhoseEventWasProcessedAfterAllIsClosed() throws Exception {
        superuser("""
                WITH event AS (SELECT gen_random_uuid() AS id),
                seen AS (INSERT INTO courses.inbox (consumer, event_id) SELECT 'courses.late', id FROM event)
                INSERT INTO courses.dead_letters (id, consumer, stream, event_id, type, key, envelope, error, attempts)
                SELECT gen_random_uuid(), consumer, 'events:{courses}', event_id, 'aula.test.v1.Late', 'late', '',
                    'came late', 1
                FROM (SELECT 'courses.late' AS consumer, id AS event_id FROM event
                      UNION ALL SELECT 'courses.still', id FROM event) AS letters
                """);
        sweepNow();

        Await.until(
                "the letter is closed",
                () -> count("SELECT count(*) FROM courses.dead_letters WHERE consumer = 'courses.late'"
                                + " AND replayed_at IS NOT NULL")
                        == 1);
        assertThat(count("SELECT count(*) FROM courses.dead_letters WHERE consumer = 'courses.still'"
                        + " AND replayed_at IS NULL"))
                .isEqualTo(1);
        superuser("DELETE FROM courses.dead_letters WHERE key = 'late'");
    }
}
