package org.aula.kernel.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.aula.kernel.settings.Settings;
import org.jspecify.annotations.Nullable;

/// A port for operators, apart from the callers': `/metrics` (Prometheus), `/health/live`, and
/// `/health/ready` with the state of each store as JSON. Nobody is asked who they are, so it listens on the
/// loopback or the pod's network only.
@Singleton
final class AdminServer {

    private final Settings settings;
    private final PrometheusMeterRegistry metrics;
    private final StoreChecks stores;
    private @Nullable HttpServer server;

    AdminServer(Settings settings, PrometheusMeterRegistry metrics, StoreChecks stores) {
        this.settings = settings;
        this.metrics = metrics;
        this.stores = stores;
    }

    /// Listens on `ADMIN_PORT`; does nothing when none is given.
    void start() {
        var port = settings.get("ADMIN_PORT", "");
        if (port.isEmpty()) {
            return;
        }
        try {
            var address = new InetSocketAddress(settings.get("LISTEN_HOST", "127.0.0.1"), Integer.parseInt(port));
            var opened = HttpServer.create(address, 16);
            opened.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            opened.createContext(
                    "/metrics", exchange -> answer(exchange, "text/plain; version=0.0.4", metrics.scrape()));
            opened.createContext(
                    "/health/live", exchange -> answer(exchange, "application/json", "{\"status\":\"UP\"}"));
            opened.createContext("/health/ready", exchange -> answer(exchange, "application/json", ready()));
            opened.start();
            server = opened;
        } catch (IOException taken) {
            throw new UncheckedIOException(settings.service() + " cannot listen on port " + port, taken);
        }
    }

    void stop() {
        var running = server;
        if (running != null) {
            running.stop(0);
        }
    }

    private String ready() {
        var states = stores.states();
        var status = states.containsValue(false) ? "DEGRADED" : "UP";
        return states.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\":\"" + (entry.getValue() ? "UP" : "DOWN") + "\"")
                .collect(Collectors.joining(",", "{\"status\":\"" + status + "\",\"stores\":{", "}}"));
    }

    private static void answer(HttpExchange exchange, String type, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        try (exchange) {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
