package org.aula.kernel.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.aula.api.courses.v1.CoursePublished;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.StoreUnavailableException;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.postgres.Sql;
import org.aula.kernel.service.ServiceProcess;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.TestEngines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// PostgreSQL is restored to an earlier moment, and Redis is not: positions are given again that the stream
/// has. Effects are rows of the same database, so that they are restored with it.
final class RestoreTest {

    private static final class Listener implements EventConsumer {

        private volatile boolean away;

        @Override
        public String name() {
            return "courses.restored";
        }

        @Override
        public List<Subscription<?>> subscriptions() {
            return List.of(new Subscription<>(CoursePublished.getDefaultInstance(), (event, envelope) -> {
                if (away) {
                    throw new StoreUnavailableException("test", new IllegalStateException("away"));
                }
                Sql.of("INSERT INTO courses.heard (course_id) VALUES (?)", event.getCourseId())
                        .update();
            }));
        }
    }

    private final String database =
            "aula_restore_" + UUID.randomUUID().toString().substring(0, 8);
    private final String backup = database + "_backup";
    private final Map<String, String> environment = new HashMap<>(TestEngines.forServices());
    private final Listener listener = new Listener();

    @BeforeEach
    void create() {
        environment.put("POSTGRES_URL", TestEngines.url(database));
        environment.put("COURSES_TARGET", "inprocess:courses-" + database);
        TestEngines.forgetStream("courses");
        server("CREATE DATABASE " + database + " TEMPLATE aula_template");
        superuser("CREATE TABLE courses.heard (course_id text NOT NULL)");
        superuser("GRANT ALL ON courses.heard TO courses, analytics");
        superuser("GRANT USAGE ON SCHEMA courses TO analytics");
    }

    @AfterEach
    void drop() {
        TestEngines.forgetStream("courses");
        server("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
        server("DROP DATABASE IF EXISTS " + backup + " WITH (FORCE)");
    }

    @Test
    void whatABackupHoldsHasItsEffectOnceAndWhatFollowsIsPublished() throws Exception {
        var kept = new ArrayList<String>();
        try (var courses = start()) {
            kept.addAll(publish(courses, 10));
            awaitHeard(kept);
            listener.away = true;
            kept.addAll(publish(courses, 5));
            awaitPublished(15);
        }
        server("CREATE DATABASE " + backup + " TEMPLATE " + database);
        listener.away = false;
        try (var courses = start()) {
            awaitHeard(kept);
            var lost = publish(courses, 10);
            awaitHeard(join(kept, lost));
        }

        server("DROP DATABASE " + database + " WITH (FORCE)");
        server("ALTER DATABASE " + backup + " RENAME TO " + database);
        assertThat(heard()).hasSize(10);
        try (var courses = start()) {
            var next = publish(courses, 4);
            awaitHeard(join(kept, next));
        }
    }

    @Test
    void aStreamAheadOfTheOutboxIsOfAnotherLife() throws Exception {
        var kept = new ArrayList<String>();
        try (var courses = start()) {
            kept.addAll(publish(courses, 5));
            awaitHeard(join(kept, publish(courses, 5)));
        }
        // As files of an earlier moment would have it: the same cluster, the same database.
        superuser("""
                DELETE FROM courses.inbox WHERE event_id IN (SELECT event_id FROM courses.outbox WHERE position > 3)
                """);
        superuser("DELETE FROM courses.heard WHERE course_id IN (SELECT key FROM courses.outbox WHERE position > 3)");
        superuser("DELETE FROM courses.outbox WHERE position > 5");
        try (var courses = start()) {
            awaitHeard(join(kept, publish(courses, 2)));
        }
    }

    @Test
    void aListenerThatStartsBeforeThePublisherHearsNothingOfTheFormerLife() throws Exception {
        var kept = new ArrayList<String>();
        try (var courses = startPublisher()) {
            kept.addAll(publish(courses, 5));
            awaitPublished(5);
        }
        server("CREATE DATABASE " + backup + " TEMPLATE " + database);
        try (var courses = startPublisher()) {
            publish(courses, 5);
            awaitPublished(10);
        }
        server("DROP DATABASE " + database + " WITH (FORCE)");
        server("ALTER DATABASE " + backup + " RENAME TO " + database);

        environment.put("ANALYTICS_TARGET", "inprocess:analytics-" + database);
        try (var other = ServiceProcess.start("analytics", environment, listener)) {
            // As long as its first reading takes: it must not begin, which nothing tells.
            Thread.sleep(1_500);
            assertThat(heard()).isEmpty();
            try (var courses = startPublisher()) {
                var next = publish(courses, 2);
                awaitHeard(join(kept, next));
            }
        }
    }

    @Test
    void aReaderThatLivesThroughTheRestoreHearsTheNewLife() throws Exception {
        var told = new CopyOnWriteArrayList<String>();
        try (var other = ServiceProcess.beansOnly("analytics", TestEngines.forServices())) {
            var reader = other.getBean(BroadcastConsumers.class)
                    .of("courses", Duration.ofHours(1), envelope -> told.add(envelope.getKey()));
            try (var courses = start()) {
                var first = publish(courses, 10);
                awaitHeard(first);
                reader.start(Duration.ofSeconds(2));
                Await.untilHolds(() -> assertThat(told).containsAll(first));
            }
            superuser("DELETE FROM courses.outbox WHERE position > 5");
            try (var courses = start()) {
                var next = publish(courses, 2);
                Await.untilHolds(() -> assertThat(told).containsAll(next));
            } finally {
                reader.stop();
            }
        }
    }

    private ServiceProcess start() {
        return ServiceProcess.start("courses", environment, listener);
    }

    private ServiceProcess startPublisher() {
        return ServiceProcess.start("courses", environment);
    }

    private static List<String> publish(ServiceProcess courses, int count) throws Exception {
        var ids =
                Stream.generate(() -> UUID.randomUUID().toString()).limit(count).toList();
        CallScope.runAsService(
                "courses",
                "test",
                "",
                () -> courses.context().getBean(Database.class).transact(() -> {
                    courses.context()
                            .getBean(Outbox.class)
                            .appendAll(ids.stream()
                                    .map(id -> CoursePublished.newBuilder()
                                            .setCourseId(id)
                                            .build())
                                    .toList());
                    return true;
                }));
        return ids;
    }

    private void awaitHeard(List<String> ids) throws Exception {
        Await.untilHolds(() -> assertThat(heard()).containsExactlyInAnyOrderElementsOf(ids));
    }

    private void awaitPublished(long position) throws Exception {
        Await.until(
                "position " + position,
                () -> TestEngines.superuser(database)
                        .withHandle(handle -> handle.createQuery("SELECT max(position) = ? FROM courses.outbox")
                                .bind(0, position)
                                .mapTo(Boolean.class)
                                .one()));
    }

    private List<String> heard() {
        return TestEngines.superuser(database)
                .withHandle(handle -> handle.createQuery("SELECT course_id FROM courses.heard")
                        .mapTo(String.class)
                        .list());
    }

    private static List<String> join(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private void superuser(String sql) {
        TestEngines.superuser(database).useHandle(handle -> handle.execute(sql));
    }

    private static void server(String sql) {
        TestEngines.superuser("postgres").useHandle(handle -> handle.execute(sql));
    }
}
