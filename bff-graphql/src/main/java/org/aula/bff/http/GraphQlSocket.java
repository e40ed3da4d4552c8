package org.aula.bff.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RouteCondition;
import io.micronaut.scheduling.TaskScheduler;
import io.micronaut.websocket.CloseReason;
import io.micronaut.websocket.WebSocketSession;
import io.micronaut.websocket.annotation.OnClose;
import io.micronaut.websocket.annotation.OnError;
import io.micronaut.websocket.annotation.OnMessage;
import io.micronaut.websocket.annotation.OnOpen;
import io.micronaut.websocket.annotation.ServerWebSocket;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// GraphQL by WebSocket, in the protocol graphql-transport-ws of the library graphql-ws.
@ServerWebSocket(value = "/graphql", subprotocols = "graphql-transport-ws")
final class GraphQlSocket {

    private static final int MAX_MESSAGE_BYTES = 1024 * 1024;
    private static final Duration INITIALISED_WITHIN = Duration.ofSeconds(5);
    private static final Duration PING_EVERY = Duration.ofSeconds(25);

    private final Operations operations;
    private final TaskScheduler scheduler;
    private final Map<String, SocketConnection> connections = new ConcurrentHashMap<>();

    GraphQlSocket(Operations operations, TaskScheduler scheduler) {
        this.operations = operations;
        this.scheduler = scheduler;
        scheduler.scheduleAtFixedRate(PING_EVERY, PING_EVERY, this::pingAll);
    }

    /// Whoever asks by GET for no upgrade means the controller.
    @RouteCondition("#{request.headers.findFirst('sec-websocket-key').isPresent()}")
    @OnOpen
    void open(WebSocketSession session, HttpRequest<?> handshake) {
        var connection = new SocketConnection(
                session, operations, GraphQlController.clientOf(handshake), RequestIds.of(handshake));
        connections.put(session.getId(), connection);
        scheduler.schedule(INITIALISED_WITHIN, () -> {
            if (!connection.isInitialised()) {
                connection.close(SocketConnection.INITIALISATION_TIMEOUT);
            }
        });
    }

    @OnMessage(maxPayloadLength = MAX_MESSAGE_BYTES)
    void receive(String message, WebSocketSession session) {
        var connection = connections.get(session.getId());
        if (connection != null) {
            connection.receive(message);
        }
    }

    @OnClose
    void close(WebSocketSession session) {
        var connection = connections.remove(session.getId());
        if (connection != null) {
            connection.forget();
        }
    }

    @OnError
    void fail(WebSocketSession session, Throwable failure) {
        close(session);
        session.close(CloseReason.INTERNAL_ERROR);
    }

    /// Clients come again, to another gateway.
    @PreDestroy
    void drain() {
        connections.values().forEach(connection -> connection.close(CloseReason.SERVICE_RESTART));
    }

    /// Who has not answered the ping before is gone.
    private void pingAll() {
        for (var connection : connections.values()) {
            if (connection.isAlive()) {
                connection.ping();
            } else {
                connection.close(CloseReason.GOING_AWAY);
            }
        }
    }
}
