package org.aula.analytics.clickhouse;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clickhouse.client.api.Client;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aula.kernel.error.StoreUnavailableException;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What ClickHouse refuses for now and what for good.
final class RefusalTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("analytics");

    private static ClickHouseStore store() {
        return platform.bean("analytics", ClickHouseStore.class);
    }

    @Test
    void anInsertOverTooManyPartitionsIsRefusedForGood() {
        var rows = IntStream.range(0, 150)
                .mapToObj(month -> row("%04d-%02d-01 00:00:00.000".formatted(2000 + month / 12, month % 12 + 1)))
                .collect(Collectors.joining("\n"));

        assertThatThrownBy(() -> store().insertOnce("learning_events", UUID.randomUUID(), rows))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("252");
    }

    @Test
    void aRowThatDoesNotReadIsRefusedForGood() {
        assertThatThrownBy(() -> store().insertOnce("learning_events", UUID.randomUUID(), row("yesterday")))
                .isInstanceOf(RefusedException.class);
    }

    @Test
    void whatAnAdministratorMendsPasses() {
        assertThatThrownBy(() -> store().insertOnce("not_there_yet", UUID.randomUUID(), row("2026-01-01 00:00:00.000")))
                .isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> store().query("SELECT sleep(2)", Map.of(), 1))
                .isInstanceOf(StoreUnavailableException.class);
    }

    /// A load balancer before ClickHouse that gave up waiting: the rows may have arrived.
    @Test
    void theAnswerOfAProxyPasses() throws Exception {
        var proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] body = "<html><title>504 Gateway Time-out</title></html>".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(504, body.length);
            try (exchange) {
                exchange.getResponseBody().write(body);
            }
        });
        proxy.start();
        try (var client = new Client.Builder()
                .addEndpoint("http://127.0.0.1:" + proxy.getAddress().getPort())
                .setUsername("aula")
                .setPassword("")
                .setMaxRetries(0)
                .build()) {
            var behindProxy = new ClickHouseStore(client);
            assertThatThrownBy(() -> behindProxy.insertOnce("learning_events", UUID.randomUUID(), row("yesterday")))
                    .isInstanceOf(StoreUnavailableException.class);
        } finally {
            proxy.stop(0);
        }
    }

    @Test
    void tooManyPartsPass() {
        var table = "crowded_" + UUID.randomUUID().toString().replace("-", "");
        store().query(
                        "CREATE TABLE " + table + " (event_id UUID) ENGINE = MergeTree ORDER BY event_id"
                                + " SETTINGS parts_to_throw_insert = 1, max_parts_in_total = 1",
                        Map.of(),
                        10);
        try {
            insertOne(table);
            assertThatThrownBy(() -> insertOne(table))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasStackTraceContaining("252");
        } finally {
            store().query("DROP TABLE " + table, Map.of(), 10);
        }
    }

    private static void insertOne(String table) {
        store().insertOnce(table, UUID.randomUUID(), "{\"event_id\":\"" + UUID.randomUUID() + "\"}");
    }

    private static String row(String occurredAt) {
        return """
                {"event_id":"%1$s","event_type":"LessonCompleted","user_id":"%1$s","course_id":"%1$s",\
                "enrollment_id":"%1$s","lesson_id":null,"time_spent_seconds":1,"occurred_at":"%2$s"}\
                """.formatted(UUID.randomUUID(), occurredAt);
    }
}
